using System.Globalization;
using System.Security.Cryptography;

namespace Lmtp.Server.Storage;

/// <summary>
/// Password hashes as WildDuck writes them: <c>$pbkdf2-sha256$i=100000$salt$hash</c>, salt of 16 bytes and hash of 32
/// bytes in base64 without padding (the PHC string format).
/// </summary>
public static class PasswordHash
{
    private const int Iterations = 100_000;
    private const int MaxIterations = 10_000_000;
    private const int SaltBytes = 16;

    /// <summary>Hashes a password with a new random salt. Takes some tens of milliseconds of processor time.</summary>
    public static string Create(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return string.Create(CultureInfo.InvariantCulture, $"$pbkdf2-sha256$i={Iterations}${Encode(salt)}${Encode(hash)}");
    }

    /// <summary>
    /// Compares in constant time. False for a hash of a form that is not known here, the empty one included.
    /// </summary>
    public static bool Verify(string password, string hash)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(hash);
        var parts = hash.Split('$');
        if (parts.Length != 5 || parts[0].Length != 0 || !parts[2].StartsWith("i=", StringComparison.Ordinal)
            || !int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > MaxIterations
            || Algorithm(parts[1]) is not { } algorithm
            || !TryDecode(parts[3], out var salt)
            || !TryDecode(parts[4], out var expected)
            || expected.Length == 0)
        {
            return false;
        }

        var actual = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, algorithm, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }

    private static HashAlgorithmName? Algorithm(string name) => name switch
    {
        "pbkdf2-sha1" => HashAlgorithmName.SHA1,
        "pbkdf2-sha256" => HashAlgorithmName.SHA256,
        "pbkdf2-sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryDecode(string text, out byte[] bytes)
    {
        try
        {
            bytes = Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
            return true;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
