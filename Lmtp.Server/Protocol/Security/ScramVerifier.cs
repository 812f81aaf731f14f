using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Lmtp.ServiceDefaults.Authentication;

namespace Lmtp.Server.Protocol.Security;

/// <summary>What a server keeps of a password for SCRAM-SHA-256 (RFC 5802, RFC 7677).</summary>
internal sealed record ScramVerifier(int Iterations, byte[] Salt, byte[] StoredKey, byte[] ServerKey)
{
    private const string Prefix = "SCRAM-SHA-256$";
    private const int KeyLength = 32;

    /// <summary>RFC 7677 section 4 asks for at least this many.</summary>
    private const int MinIterations = 4_096;
    private const int MaxIterations = 10_000_000;

    /// <summary>Whether the text is meant to be a verifier and not a password.</summary>
    public static bool LooksLikeOne(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads <c>SCRAM-SHA-256$iterations:salt$storedKey:serverKey</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ScramVerifier? verifier)
    {
        verifier = null;
        if (!LooksLikeOne(text) || text[Prefix.Length..].Split('$') is not [var first, var second]
            || first.Split(':') is not [var iterationText, var saltText]
            || second.Split(':') is not [var storedText, var serverText]
            || !int.TryParse(iterationText, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < MinIterations or > MaxIterations)
        {
            return false;
        }

        try
        {
            var candidate = new ScramVerifier(
                iterations, Convert.FromBase64String(saltText), Convert.FromBase64String(storedText), Convert.FromBase64String(serverText));
            if (candidate.Salt.Length > 0 && candidate.StoredKey.Length == KeyLength && candidate.ServerKey.Length == KeyLength)
            {
                verifier = candidate;
            }
        }
        catch (FormatException)
        {
            return false;
        }

        return verifier is not null;
    }

    /// <summary>Derives the verifier of a password.</summary>
    /// <exception cref="FormatException">The password holds characters that are not allowed (RFC 4013).</exception>
    public static ScramVerifier Derive(string password, byte[] salt, int iterations = MinIterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(SaslPrep.Prepare(password), salt, iterations, HashAlgorithmName.SHA256, KeyLength);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        return new ScramVerifier(iterations, salt, SHA256.HashData(clientKey), HMACSHA256.HashData(salted, "Server Key"u8));
    }

    /// <summary>Whether this is the password; takes the same time either way. One that cannot be prepared never is (RFC 4616 section 2).</summary>
    public bool Matches(string password) =>
        SaslPrep.TryPrepare(password, out var prepared)
        && CryptographicOperations.FixedTimeEquals(Derive(prepared, Salt, Iterations).StoredKey, StoredKey);

    /// <summary>Whether the proof shows that the client knows the password (RFC 5802 section 3).</summary>
    public bool Proves(ReadOnlySpan<byte> proof, ReadOnlySpan<byte> authMessage)
    {
        if (proof.Length != KeyLength)
        {
            return false;
        }

        Span<byte> clientKey = stackalloc byte[KeyLength];
        HMACSHA256.HashData(StoredKey, authMessage, clientKey);
        for (var i = 0; i < KeyLength; i++)
        {
            clientKey[i] ^= proof[i];
        }

        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(clientKey), StoredKey);
    }

    /// <summary>What shows the client that the server knows the verifier.</summary>
    public byte[] Sign(ReadOnlySpan<byte> authMessage) => HMACSHA256.HashData(ServerKey, authMessage);
}
