using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lmtp.Server.Protocol.Configuration;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Security;

/// <summary>The service accounts of the configuration. A name that does not exist is treated like one that does.</summary>
internal sealed class ServiceAccounts
{
    private const int SaltLength = 16;

    private readonly byte[] _decoySecret = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, ScramVerifier> _verifiers = new(StringComparer.Ordinal);
    private readonly List<(string Subject, string Name)> _subjects = [];

    public ServiceAccounts(IOptions<LmtpOptions> options)
    {
        foreach (var account in options.Value.ServiceAccounts)
        {
            if (account.CertificateSubject.Length > 0)
            {
                _subjects.Add((account.CertificateSubject, account.Name));
            }

            if (account.Password.Length > 0)
            {
                _verifiers[account.Name] = ScramVerifier.TryParse(account.Password, out var verifier)
                    ? verifier
                    : ScramVerifier.Derive(account.Password, RandomNumberGenerator.GetBytes(SaltLength));
            }
        }
    }

    /// <summary>
    /// The verifier of an account. For a name without one it is a decoy, always the same for the same name, so that
    /// nobody learns which names exist (RFC 5802 section 9).
    /// </summary>
    public ScramVerifier Find(string name, out bool exists)
    {
        exists = _verifiers.TryGetValue(name, out var verifier);
        return verifier ?? Decoy(name);
    }

    /// <summary>Whether this is the account's password; takes as long for a name that does not exist.</summary>
    public bool Check(string name, string password) => Find(name, out var exists).Matches(password) & exists;

    /// <summary>The account that a client certificate stands for, or null.</summary>
    public string? FindByCertificate(X509Certificate2 certificate)
    {
        foreach (var (subject, name) in _subjects)
        {
            if (CertificateSubject.Matches(certificate, subject))
            {
                return name;
            }
        }

        return null;
    }

    private ScramVerifier Decoy(string name)
    {
        var seed = HMACSHA256.HashData(_decoySecret, Encoding.UTF8.GetBytes(name));
        return new ScramVerifier(4_096, seed[..SaltLength], SHA256.HashData(seed), seed);
    }
}
