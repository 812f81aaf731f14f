// Runs openpgp.js and WildDuck's own encryption.
// Arguments: the folder node_modules, an operation, a file with its request; what it finds goes to the file <request>.out.
'use strict';

const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [, , modules, operation, file] = process.argv;
const server = path.join(modules, '@zone-eu', 'wildduck');
const load = createRequire(path.join(server, 'lib', 'message-handler.js'));
const openpgp = load('openpgp');

// The packets of a message as another program sees them, without what differs from message to message.
const shape = async (privateKey, armored) => {
    const key = await openpgp.readPrivateKey({ armoredKey: privateKey });
    const message = await openpgp.readMessage({ armoredMessage: armored });
    const [sessionKey] = await openpgp.decryptSessionKeys({ message, decryptionKeys: key });
    const outer = message.packets.map(packet => ({
        tag: packet.constructor.tag,
        version: packet.version,
        keyId: packet.publicKeyID && packet.publicKeyID.toHex(),
        algorithm: packet.publicKeyAlgorithm
    }));
    const decrypted = await message.decrypt(undefined, undefined, [sessionKey]);
    const inner = decrypted.packets.map(packet => ({
        tag: packet.constructor.tag,
        format: packet.format,
        filename: packet.filename
    }));
    return { outer, cipher: sessionKey.algorithm, inner };
};

const operations = {
    generate: async request => {
        const date = request.date ? new Date(request.date) : undefined;
        const { privateKey, publicKey } = await openpgp.generateKey({ userIDs: [{ email: 'reader@example.org' }], ...request, date });
        return { privateKey, publicKey };
    },
    decrypt: async request => {
        const { data } = await openpgp.decrypt({
            message: await openpgp.readMessage({ armoredMessage: request.armored }),
            decryptionKeys: await openpgp.readPrivateKey({ armoredKey: request.privateKey }),
            format: 'binary'
        });
        return { message: Buffer.from(data).toString('base64') };
    },
    shape: request => shape(request.privateKey, request.armored),
    encrypt: async request => {
        process.chdir(server);
        load('@zone-eu/smime-js').pkcs1v15Available = true;
        const MessageHandler = load('./message-handler.js');
        const handler = Object.create(MessageHandler.prototype);
        handler.loggelf = () => false;
        const result = await handler.encryptMessageAsync(request.key, Buffer.from(request.message, 'base64'));
        return { message: result ? result.raw.toString('base64') : null };
    }
};

operations[operation](JSON.parse(fs.readFileSync(file, 'utf-8'))).then(
    result => {
        fs.writeFileSync(file + '.out', JSON.stringify(result));
        process.exit(0);
    },
    err => {
        console.error(err.stack);
        process.exit(1);
    }
);
