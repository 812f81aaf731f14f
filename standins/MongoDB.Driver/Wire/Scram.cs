using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MongoDB.Driver.Wire;

/// <summary>The client's side of SCRAM (RFC 5802, RFC 7677).</summary>
internal sealed class Scram
{
    private const int MinIterations = 4096;

    // The salted password costs thousands of hashes, and is the same for every connection of a pool.
    private static readonly ConcurrentDictionary<(string Mechanism, string Password, string Salt, int Iterations), byte[]> SaltedPasswords = new();

    private readonly HashAlgorithmName _hash;
    private readonly string _mechanism;
    private readonly string _password;
    private readonly string _nonce;
    private readonly string _firstBare;
    private byte[] _serverSignature;

    public Scram(string mechanism, string username, string password, string nonce = null)
    {
        _mechanism = mechanism;
        _hash = mechanism == "SCRAM-SHA-1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        _password = password;
        _nonce = nonce ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
        var escaped = username.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
        _firstBare = $"n={escaped},r={_nonce}";
    }

    public byte[] ClientFirst => Encoding.UTF8.GetBytes("n,," + _firstBare);

    /// <summary>Answers the server's challenge.</summary>
    public byte[] ClientFinal(byte[] serverFirst)
    {
        var challenge = Encoding.UTF8.GetString(serverFirst);
        var parts = Parse(challenge);
        var nonce = parts.GetValueOrDefault('r', "");
        if (!nonce.StartsWith(_nonce, StringComparison.Ordinal) || nonce.Length == _nonce.Length)
        {
            throw new FormatException("The server sent an invalid nonce.");
        }

        var iterations = int.Parse(parts.GetValueOrDefault('i', ""), NumberStyles.None, CultureInfo.InvariantCulture);
        if (iterations < MinIterations)
        {
            throw new FormatException($"The server asks for {iterations} iterations, fewer than {MinIterations}.");
        }

        var salted = SaltedPassword(parts.GetValueOrDefault('s', ""), iterations);
        var clientKey = Hmac(salted, "Client Key");
        var withoutProof = $"c=biws,r={nonce}";
        var authentication = $"{_firstBare},{challenge},{withoutProof}";
        var proof = Hmac(CryptographicOperations.HashData(_hash, clientKey), authentication);
        for (var index = 0; index < proof.Length; index++)
        {
            proof[index] ^= clientKey[index];
        }

        _serverSignature = Hmac(Hmac(salted, "Server Key"), authentication);
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    /// <summary>Checks that the server knows the password too.</summary>
    public void Verify(byte[] serverFinal)
    {
        var parts = Parse(Encoding.UTF8.GetString(serverFinal));
        if (_serverSignature is null
            || !parts.TryGetValue('v', out var signature)
            || !CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(signature), _serverSignature))
        {
            throw new FormatException("The server signature was invalid.");
        }
    }

    private static Dictionary<char, string> Parse(string message)
    {
        var parts = new Dictionary<char, string>();
        foreach (var part in message.Split(','))
        {
            if (part.Length >= 2 && part[1] == '=')
            {
                parts[part[0]] = part[2..];
            }
        }

        return parts;
    }

    private byte[] SaltedPassword(string salt, int iterations)
    {
        return SaltedPasswords.GetOrAdd(
            (_mechanism, _password, salt, iterations),
            static (key, hash) => Rfc2898DeriveBytes.Pbkdf2(key.Password, Convert.FromBase64String(key.Salt), key.Iterations, hash, hash == HashAlgorithmName.SHA1 ? 20 : 32),
            _hash);
    }

    private byte[] Hmac(byte[] key, string text) => CryptographicOperations.HmacData(_hash, key, Encoding.UTF8.GetBytes(text));
}
