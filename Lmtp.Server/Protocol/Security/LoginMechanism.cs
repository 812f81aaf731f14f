using System.Text;

namespace Lmtp.Server.Protocol.Security;

/// <summary>LOGIN: never standardised, asked for by old clients. The name first, then the password.</summary>
internal sealed class LoginMechanism(ServiceAccounts accounts) : ISaslMechanism
{
    private string? _name;

    public byte[] FirstChallenge => "Username:"u8.ToArray();

    public SaslStep Respond(ReadOnlySpan<byte> response)
    {
        var text = Encoding.UTF8.GetString(response);
        if (_name is null)
        {
            _name = text;
            return SaslStep.Continue("Password:"u8.ToArray());
        }

        return accounts.Check(_name, text) is { } account ? SaslStep.Success(account) : SaslStep.Failed;
    }
}
