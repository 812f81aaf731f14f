using Lmtp.Server.Protocol.Security;

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
            if (account.Name.Length == 0 || !names.Add(account.Name))
            {
                faults.Add($"{key}:Name is empty or given twice.");
            }

            if (account.Password.Length == 0 && account.CertificateSubject.Length == 0)
            {
                faults.Add($"{key} needs a Password or a CertificateSubject.");
            }

            if (ScramVerifier.LooksLikeOne(account.Password))
            {
                if (!ScramVerifier.TryParse(account.Password, out _))
                {
                    faults.Add($"{key}:Password is not a SCRAM verifier of the form SCRAM-SHA-256$iterations:salt$storedKey:serverKey.");
                }
            }
            else if (account.Password.Length is > 0 and < MinPasswordLength)
            {
                faults.Add($"{key}:Password is shorter than {MinPasswordLength} characters.");
            }
        }
    }
}
