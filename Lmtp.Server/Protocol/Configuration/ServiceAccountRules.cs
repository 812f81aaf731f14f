using Lmtp.Server.Protocol.Security;
using Lmtp.ServiceDefaults.Authentication;

namespace Lmtp.Server.Protocol.Configuration;

/// <summary>What the service accounts must satisfy.</summary>
internal static class ServiceAccountRules
{
    private const int MinPasswordLength = 8;

    public static void Check(IList<ServiceAccountOptions> accounts, List<string> faults)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < accounts.Count; i++)
        {
            var account = accounts[i];
            var key = $"Lmtp:ServiceAccounts:{i}";
            if (account.Name.Length > 0 && !SaslPrep.TryPrepare(account.Name, out _))
            {
                faults.Add($"{key}:Name holds characters that no client can send (SASLprep, RFC 4013).");
            }
            else if (account.Name.Length == 0 || !names.Add(SaslPrep.Prepare(account.Name)))
            {
                faults.Add($"{key}:Name is empty or given twice.");
            }

            if (account.Password.Length == 0 && account.CertificateSubject.Length == 0)
            {
                faults.Add($"{key} needs a Password or a CertificateSubject.");
            }

            CheckPassword($"{key}:Password", account.Password, faults);
        }
    }

    private static void CheckPassword(string key, string password, List<string> faults)
    {
        if (ScramVerifier.LooksLikeOne(password))
        {
            if (!ScramVerifier.TryParse(password, out _))
            {
                faults.Add($"{key} is not a SCRAM verifier of the form SCRAM-SHA-256$iterations:salt$storedKey:serverKey.");
            }
        }
        else if (password.Length is > 0 and < MinPasswordLength)
        {
            faults.Add($"{key} is shorter than {MinPasswordLength} characters.");
        }
        else if (password.Length > 0 && !SaslPrep.TryPrepare(password, out _))
        {
            faults.Add($"{key} holds characters that no client can send (SASLprep, RFC 4013).");
        }
    }
}
