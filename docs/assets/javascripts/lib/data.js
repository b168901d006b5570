// The site's own records, as the build writes them below /data/.

const ROOT = new URL("../../../", import.meta.url);
const loaded = new Map();

/**
 * Records of a collection, each fetched once a visit.
 * @param {string} name collection, such as "prices"
 * @returns {Promise<object[]>} records as in /data/<name>.json
 * @throws {Error} if the file cannot be had
 */
export function collection(name) {
  if (!loaded.has(name)) {
    loaded.set(
      name,
      fetch(new URL(`data/${name}.json`, ROOT)).then(async (answer) => {
        if (!answer.ok) throw new Error(`data/${name}.json: ${answer.status}`);
        return (await answer.json()).records;
      }),
    );
  }
  return loaded.get(name);
}

/** Records of a collection by id. */
export async function byId(name) {
  return new Map((await collection(name)).map((record) => [record.id, record]));
}

/** Address where a record stands on this site: a fact has a page of its own. */
export function recordAddress(name, id) {
  return new URL(name === "facts" ? `f/${id}/` : `reference/facts/${name}/#${id}`, ROOT).href;
}

/** Address of a source's entry in the bibliography. */
export function sourceAddress(key) {
  return new URL(`reference/sources/#${key}`, ROOT).href;
}
