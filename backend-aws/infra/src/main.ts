// `cdk synth` and `cdk deploy` run this. TUNNEL_TEMPLATE_ONLY=true leaves the code to parameters of the template.

import { fileURLToPath } from "node:url";
import { App } from "aws-cdk-lib";
import { makeStack } from "./app.js";
import { findCodeZip } from "./code_zip.js";
import { readSettings } from "./settings.js";

const infra = fileURLToPath(new URL("../..", import.meta.url));
const projectRoot = fileURLToPath(new URL("../../../..", import.meta.url));

function main(): void {
    const settings = readSettings(process.env);
    const templateOnly = process.env.TUNNEL_TEMPLATE_ONLY === "true";
    const app = new App();
    makeStack({
        app,
        settings,
        configFile: `${infra}/config/${settings.environment}.toml`,
        zip: templateOnly ? undefined : findCodeZip(projectRoot, process.env.LAMBDA_CODE_PATH),
    });
    app.synth();
}

try {
    main();
} catch (failure) {
    console.error(failure instanceof Error ? failure.message : failure);
    process.exitCode = 1;
}
