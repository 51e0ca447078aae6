// All tests in one process: loading aws-cdk-lib once takes a second and a half, once a file would take twelve.

import "./apis.test.js";
import "./code_zip.test.js";
import "./data.test.js";
import "./domain.test.js";
import "./functions.test.js";
import "./rules.test.js";
import "./settings.test.js";
import "./watching.test.js";
