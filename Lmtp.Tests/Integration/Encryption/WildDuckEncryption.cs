using System.Text.Json.Nodes;
using Lmtp.Tests.Integration.WildDuck;

namespace Lmtp.Tests.Integration.Encryption;

/// <summary>openpgp.js and WildDuck's own encryption, run by Node.js on files.</summary>
internal sealed class WildDuckEncryption : IDisposable
{
    private static readonly string Script =
        Path.Combine(Repository.Root, "Lmtp.Tests", "Integration", "Encryption", "Node", "wildduck-encryption.js");

    private readonly string _modules = WildDuckPackages.Require();
    private readonly WorkFolder _folder = new();

    /// <summary>Makes a key pair with the options of openpgp.js's <c>generateKey</c>.</summary>
    public async Task<(string PublicKey, string PrivateKey)> GenerateAsync(string options)
    {
        var pair = await RunAsync("generate", JsonNode.Parse(options)!);
        return ((string)pair["publicKey"]!, (string)pair["privateKey"]!);
    }

    /// <summary>Decrypts with openpgp.js.</summary>
    public async Task<byte[]> DecryptAsync(string privateKey, string armoured)
    {
        var result = await RunAsync("decrypt", new JsonObject { ["privateKey"] = privateKey, ["armored"] = armoured });
        return Convert.FromBase64String((string)result["message"]!);
    }

    /// <summary>The packets of an armoured message, as openpgp.js describes them.</summary>
    public async Task<string> ShapeAsync(string privateKey, string armoured) =>
        (await RunAsync("shape", new JsonObject { ["privateKey"] = privateKey, ["armored"] = armoured })).ToJsonString();

    /// <summary>What WildDuck makes of a message for an OpenPGP key; null where it refuses.</summary>
    public Task<byte[]?> EncryptOpenPgpAsync(byte[] message, string key) =>
        EncryptAsync(message, new JsonObject { ["type"] = "pgp", ["key"] = key });

    /// <summary>What WildDuck makes of a message for certificates; null where it refuses.</summary>
    public Task<byte[]?> EncryptSmimeAsync(byte[] message, string cipher, string keyTransport, string[] certificates) =>
        EncryptAsync(message, new JsonObject
        {
            ["type"] = "smime",
            ["cipher"] = cipher,
            ["keyTransport"] = keyTransport,
            ["certs"] = new JsonArray([.. certificates.Select(static text => (JsonNode)text)]),
        });

    public void Dispose() => _folder.Dispose();

    private async Task<byte[]?> EncryptAsync(byte[] message, JsonObject key)
    {
        var result = await RunAsync("encrypt", new JsonObject { ["key"] = key, ["message"] = Convert.ToBase64String(message) });
        return result["message"] is { } encrypted ? Convert.FromBase64String((string)encrypted!) : null;
    }

    private async Task<JsonNode> RunAsync(string operation, JsonNode request)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var file = _folder[$"{Guid.NewGuid():N}.json"];
        await File.WriteAllTextAsync(file, request.ToJsonString(), cancellationToken);
        await WorkFolder.RunAsync(WildDuckPackages.Node(_modules), Script, _modules, operation, file);
        return JsonNode.Parse(await File.ReadAllTextAsync($"{file}.out", cancellationToken))!;
    }
}
