using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Lmtp.Tests.Unit.Encryption;

/// <summary>RSA keys, each of which is made once: looking for its primes takes longer than anything that is tested with it.</summary>
internal static class RsaKeys
{
    private static readonly ConcurrentDictionary<(int Bits, int Number), Lazy<RSAParameters>> Made = new();

    /// <summary>A key of its own to sign and decrypt with; of one length, those of different numbers differ.</summary>
    public static RSA Open(int bits, int number) => RSA.Create(Made.GetOrAdd((bits, number), static key => new(() => Make(key.Bits))).Value);

    private static RSAParameters Make(int bits)
    {
        using var key = RSA.Create(bits);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
