using System.Text;

namespace Lmtp.Server.Protocol.Security;

/// <summary>PLAIN (RFC 4616): <c>[authzid] NUL authcid NUL passwd</c>.</summary>
internal sealed class PlainMechanism(ServiceAccounts accounts) : ISaslMechanism
{
    public byte[] FirstChallenge => [];

    public SaslStep Respond(ReadOnlySpan<byte> response)
    {
        var first = response.IndexOf((byte)0);
        var second = first < 0 ? -1 : response[(first + 1)..].IndexOf((byte)0) + first + 1;
        if (first < 0 || second <= first)
        {
            return SaslStep.Failed;
        }

        var identity = Encoding.UTF8.GetString(response[..first]);
        var name = Encoding.UTF8.GetString(response[(first + 1)..second]);
        var password = Encoding.UTF8.GetString(response[(second + 1)..]);

        // Nobody acts for another account.
        return accounts.Check(name, password) is { } account && (identity.Length == 0 || identity == name)
            ? SaslStep.Success(account)
            : SaslStep.Failed;
    }
}
