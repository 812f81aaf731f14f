using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MongoDB.Driver.Wire;

/// <summary>The messages of one SCRAM exchange (RFC 5802 section 3); no input or output of its own.</summary>
internal sealed class ScramConversation(HashAlgorithmName hash, string username, string password, string nonce)
{
    private const int MinimumIterations = 4096;
    private const string Header = "n,,";

    private byte[] _serverSignature;

    private string FirstBare => $"n={username.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},r={nonce}";

    public string ClientFirst => Header + FirstBare;

    /// <summary>The client's proof, or null where the server's message is not valid.</summary>
    public string ClientFinal(string serverFirst)
    {
        var fields = Fields(serverFirst);
        if (!fields.TryGetValue('r', out var combined) || !combined.StartsWith(nonce, StringComparison.Ordinal) || combined.Length == nonce.Length
            || !fields.TryGetValue('s', out var salt)
            || !fields.TryGetValue('i', out var iterationText)
            || !int.TryParse(iterationText, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations < MinimumIterations)
        {
            return null;
        }

        var length = hash == HashAlgorithmName.SHA256 ? SHA256.HashSizeInBytes : SHA1.HashSizeInBytes;
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Convert.FromBase64String(salt), iterations, hash, length);
        var clientKey = Hmac(salted, "Client Key");
        var withoutProof = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(Header))},r={combined}";
        var message = $"{FirstBare},{serverFirst},{withoutProof}";
        var signature = Hmac(CryptographicOperations.HashData(hash, clientKey), message);
        for (var index = 0; index < clientKey.Length; index++)
        {
            clientKey[index] ^= signature[index];
        }

        _serverSignature = Hmac(Hmac(salted, "Server Key"), message);
        return $"{withoutProof},p={Convert.ToBase64String(clientKey)}";
    }

    public bool IsServerProof(string serverFinal) =>
        Fields(serverFinal).TryGetValue('v', out var proof)
        && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(proof), _serverSignature);

    private static Dictionary<char, string> Fields(string message) =>
        message.Split(',').Where(field => field.Length >= 2 && field[1] == '=').ToDictionary(field => field[0], field => field[2..]);

    private byte[] Hmac(byte[] key, string text) => CryptographicOperations.HmacData(hash, key, Encoding.UTF8.GetBytes(text));
}
