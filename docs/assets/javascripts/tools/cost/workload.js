// What is asked of a model: so many calls, alike or with a context that grows. DOM-free.
// Repeats scripts/model/workload.py, name by name; a test compares the two.

/** A BigInt of at least 0. @throws {TypeError|RangeError} else */
export function whole(value, name) {
  if (typeof value !== "bigint") throw new TypeError(`${name} must be a BigInt`);
  if (value < 0n) throw new RangeError(`${name} must not be negative`);
  return value;
}

/**
 * So many calls of one kind; tokens are those of one call.
 * @param {{cached?: bigint, uncached?: bigint, output?: bigint, count?: bigint,
 *   promptKnown?: boolean}} fields promptKnown false: a sum over calls whose number is not known
 */
export function calls({ cached = 0n, uncached = 0n, output = 0n, count = 1n, promptKnown = true }) {
  return {
    cached: whole(cached, "cached"),
    uncached: whole(uncached, "uncached"),
    output: whole(output, "output"),
    count: whole(count, "count"),
    promptKnown,
  };
}

/**
 * A context that grows evenly over calls: what the call before held is read from the cache, the
 * rest is new. @param {{output?: bigint, count?: bigint}} options count: such runs
 */
export function growing(first, last, number, { output = 0n, count = 1n } = {}) {
  if (!Number.isInteger(number) || number < 2) throw new RangeError("it grows over two calls or more");
  if (whole(last, "last") < whole(first, "first")) throw new RangeError("it does not end below its start");
  const steps = BigInt(number - 1);
  let before = 0n;
  return Array.from({ length: number }, (_, index) => {
    const prompt = first + ((last - first) * BigInt(index)) / steps;
    const cached = before;
    before = prompt;
    return calls({ cached, uncached: prompt - cached, output, count });
  });
}
