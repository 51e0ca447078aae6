// The zip that both functions are made of: found, and looked into, before anything is built on it.

import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

// Lambda takes 50 MB in a direct upload; ours has about 3 MB, so a larger file is another one.
const MAX_ZIP_BYTES = 50 * 1024 * 1024;
const LOCAL_HEADER = Buffer.from("PK\x03\x04", "latin1");
const CENTRAL_HEADER = Buffer.from("PK\x01\x02", "latin1");
const CENTRAL_HEADER_BYTES = 46;

/** Names in the central directory of a zip; entries before it are only ever found through it. */
export function zipEntries(zip: Buffer): string[] {
    const names: string[] = [];
    let at = zip.indexOf(CENTRAL_HEADER);
    while (at >= 0 && at + CENTRAL_HEADER_BYTES <= zip.length && zip.subarray(at, at + 4).equals(CENTRAL_HEADER)) {
        const nameLength = zip.readUInt16LE(at + 28);
        const after = at + CENTRAL_HEADER_BYTES + nameLength;
        names.push(zip.toString("utf8", at + CENTRAL_HEADER_BYTES, after));
        at = after + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return names;
}

/** LAMBDA_CODE_PATH, else the one that `./dev package aws` leaves in the project. */
export function findCodeZip(projectRoot: string, given: string | undefined): string {
    const path = resolve(given || `${projectRoot}/build/lambda/packages/bootstrap.zip`);
    const advice = "Make it with `./dev package aws`, or set LAMBDA_CODE_PATH to the zip.";
    if (!existsSync(path)) throw new Error(`No Lambda code at ${path}. ${advice}`);
    if (!statSync(path).isFile()) throw new Error(`${path} is not a file. ${advice}`);
    if (statSync(path).size > MAX_ZIP_BYTES) throw new Error(`${path} is larger than the 50 MB that Lambda takes. ${advice}`);
    const zip = readFileSync(path);
    if (!zip.subarray(0, 4).equals(LOCAL_HEADER)) throw new Error(`${path} is not a zip file. ${advice}`);
    if (!zipEntries(zip).includes("bootstrap"))
        throw new Error(`${path} has no entry named bootstrap at its top, which is what Lambda starts. ${advice}`);
    return path;
}
