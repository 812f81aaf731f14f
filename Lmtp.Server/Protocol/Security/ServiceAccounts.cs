using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.ServiceDefaults.Authentication;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Protocol.Security;

/// <summary>
/// The service accounts of the configuration. A name that does not exist is treated like one that does. Names are the
/// same in whatever way they are typed (SASLprep, RFC 4013).
/// </summary>
internal sealed class ServiceAccounts
{
    private const int SaltLength = 16;

    private readonly byte[] _decoySecret = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, (string Name, ScramVerifier Verifier)> _accounts = new(StringComparer.Ordinal);
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
                var verifier = ScramVerifier.TryParse(account.Password, out var given)
                    ? given
                    : ScramVerifier.Derive(account.Password, RandomNumberGenerator.GetBytes(SaltLength));
                _accounts[SaslPrep.Prepare(account.Name)] = (account.Name, verifier);
            }
        }
    }

    /// <summary>
    /// The verifier of an account. For a name without one it is a decoy, always the same for the same name, so that
    /// nobody learns which names exist (RFC 5802 section 9).
    /// </summary>
    /// <param name="name">The name that the client gave.</param>
    /// <param name="account">The account's name as it is configured; null when there is none.</param>
    public ScramVerifier Find(string name, out string? account)
    {
        account = null;
        if (SaslPrep.TryPrepare(name, out var prepared) && _accounts.TryGetValue(prepared, out var found))
        {
            account = found.Name;
            return found.Verifier;
        }

        return Decoy(prepared ?? name);
    }

    /// <summary>The account whose name and password these are, or null; takes as long for a name that does not exist.</summary>
    public string? Check(string name, string password) => Find(name, out var account).Matches(password) ? account : null;

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
