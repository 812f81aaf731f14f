using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Lmtp.Server.Protocol.Security;

/// <summary>EXTERNAL (RFC 4422 appendix A): the account is the one that the client certificate stands for.</summary>
internal sealed class ExternalMechanism(ServiceAccounts accounts, X509Certificate2 certificate) : ISaslMechanism
{
    public byte[] FirstChallenge => [];

    public SaslStep Respond(ReadOnlySpan<byte> response)
    {
        var identity = Encoding.UTF8.GetString(response);
        return accounts.FindByCertificate(certificate) is { } name && (identity.Length == 0 || identity == name)
            ? SaslStep.Success(name)
            : SaslStep.Failed;
    }
}
