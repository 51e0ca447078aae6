import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findCodeZip, zipEntries } from "../src/code_zip.js";

const folder = mkdtempSync(join(tmpdir(), "code-zip-"));
after(() => rmSync(folder, { recursive: true }));

/** A stored (not compressed) zip with empty files of these names. */
function zipOf(...names: string[]): Buffer {
    const local = names.map((name) => Buffer.concat([header(0x04034b50, 30, 26, name), Buffer.from(name)]));
    const central = names.map((name) => Buffer.concat([header(0x02014b50, 46, 28, name), Buffer.from(name)]));
    return Buffer.concat([...local, ...central]);
}

function header(signature: number, size: number, lengthAt: number, name: string): Buffer {
    const bytes = Buffer.alloc(size);
    bytes.writeUInt32LE(signature, 0);
    bytes.writeUInt16LE(name.length, lengthAt);
    return bytes;
}

function file(name: string, content: Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
}

test("entries are read from the central directory", () => {
    assert.deepEqual(zipEntries(zipOf("bootstrap", "certificates/ca.pem")), ["bootstrap", "certificates/ca.pem"]);
    assert.deepEqual(zipEntries(Buffer.from("PK\x01\x02 cut", "latin1")), []);
});

test("LAMBDA_CODE_PATH counts", () => {
    const zip = file("good.zip", zipOf("bootstrap"));
    assert.equal(findCodeZip("/nowhere", zip), zip);
});

test("without it the project's own zip is wanted", () => {
    assert.throws(() => findCodeZip("/nowhere", undefined), /No Lambda code at \/nowhere\/build\/lambda\/packages\/bootstrap.zip. Make it with/);
});

test("what is no zip with a bootstrap is told apart", () => {
    assert.throws(() => findCodeZip("/", folder), /is not a file/);
    assert.throws(() => findCodeZip("/", file("text", Buffer.from("hello"))), /is not a zip file/);
    assert.throws(() => findCodeZip("/", file("deep.zip", zipOf("bin/bootstrap"))), /no entry named bootstrap/);
    const large = file("large.zip", zipOf("bootstrap"));
    truncateSync(large, 51 * 1024 * 1024);
    assert.throws(() => findCodeZip("/", large), /larger than the 50 MB/);
});
