using System.Security.Cryptography;
using Lmtp.ServiceDefaults.Authentication;

namespace Lmtp.EmbeddedMongo.Commands.Authentication;

/// <summary>What the server keeps of a password for SCRAM-SHA-256 (RFC 5802, RFC 7677).</summary>
/// <param name="User">The user's name.</param>
/// <param name="Salt">The salt.</param>
/// <param name="Iterations">The rounds of PBKDF2.</param>
/// <param name="StoredKey">Verifies the client's proof.</param>
/// <param name="ServerKey">Makes the server's own proof.</param>
internal sealed record ScramCredential(string User, byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey)
{
    private const int SaltLength = 28;
    private const int DefaultIterations = 15_000;

    /// <summary>Makes the credential of a password with a new salt.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="password">The password.</param>
    /// <returns>The credential.</returns>
    public static ScramCredential Create(string user, string password) =>
        Create(user, password, RandomNumberGenerator.GetBytes(SaltLength), DefaultIterations);

    /// <summary>Makes the credential of a password.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="iterations">The rounds of PBKDF2.</param>
    /// <returns>The credential.</returns>
    /// <exception cref="FormatException">The password holds characters that are not allowed.</exception>
    public static ScramCredential Create(string user, string password, byte[] salt, int iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(SaslPrep.Prepare(password), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return new ScramCredential(
            user,
            salt,
            iterations,
            SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8)),
            HMACSHA256.HashData(salted, "Server Key"u8));
    }
}
