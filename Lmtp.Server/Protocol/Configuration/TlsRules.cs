namespace Lmtp.Server.Protocol.Configuration;

/// <summary>What the TLS options of a listener must satisfy.</summary>
internal static class TlsRules
{
    public static void Check(string key, TlsOptions tls, List<string> faults)
    {
        if (tls.Mode == TlsMode.None)
        {
            if (tls.ClientCertificates != ClientCertificateRule.None)
            {
                faults.Add($"{key}:ClientCertificates needs {key}:Mode to be other than None.");
            }

            return;
        }

        if (tls.CertificatePath.Length == 0)
        {
            faults.Add($"{key}:CertificatePath must name the certificate that {key}:Mode = {tls.Mode} needs.");
        }

        CheckFile($"{key}:CertificatePath", tls.CertificatePath, faults);
        CheckFile($"{key}:KeyPath", tls.KeyPath, faults);
        CheckFile($"{key}:ClientAuthoritiesPath", tls.ClientAuthoritiesPath, faults);
        if (tls.ClientCertificates != ClientCertificateRule.None && tls.ClientAuthoritiesPath.Length == 0)
        {
            faults.Add($"{key}:ClientAuthoritiesPath must name the authorities that issue client certificates.");
        }
    }

    private static void CheckFile(string key, string path, List<string> faults)
    {
        if (path.Length > 0 && !File.Exists(path))
        {
            faults.Add($"{key} is '{path}', which does not exist or may not be read.");
        }
    }
}
