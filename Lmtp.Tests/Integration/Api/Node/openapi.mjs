// Checks an OpenAPI 3.1 document against the schema of the OpenAPI Initiative, and every schema inside against the JSON
// Schema 2020-12 that it says it is: node openapi.mjs <folder of node modules> <document>. Prints what is wrong, a line each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [modules, file] = process.argv.slice(2);
const validatorPath = path.join(modules, '@seriousme/openapi-schema-validator/index.js');
const { Validator } = await import(pathToFileURL(validatorPath));
const Ajv2020 = createRequire(validatorPath)('ajv/dist/2020.js').default;

const document = JSON.parse(readFileSync(file, 'utf8'));
const result = await new Validator({ allErrors: true }).validate(structuredClone(document));
const faults = result.valid
    ? []
    : typeof result.errors === 'string' ? [result.errors] : result.errors.map(error => `${error.instancePath} ${error.message}`);

const ajv = new Ajv2020({ strict: false, allErrors: true });
const check = (schema, place) => {
    if (!ajv.validateSchema(schema)) {
        faults.push(...ajv.errors.map(error => `${place}${error.instancePath} ${error.message}`));
    }
};

// A schema stands in components.schemas under its name, and elsewhere under the name "schema".
const walk = (value, place) => {
    for (const [name, member] of Object.entries(value)) {
        if (name === 'schema') {
            check(member, `${place}/schema`);
        } else if (member !== null && typeof member === 'object' && !['example', 'examples', 'default', 'enum', 'schemas'].includes(name)) {
            walk(member, `${place}/${name}`);
        }
    }
};

walk(document, '');
for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    check(schema, `/components/schemas/${name}`);
}

console.log(faults.join('\n'));
