using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lmtp.Server.Protocol.Security;

/// <summary>
/// SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding: the password never crosses the wire, and the client
/// learns that the server knows its verifier.
/// </summary>
internal sealed class ScramMechanism(ServiceAccounts accounts, Func<string>? makeNonce = null) : ISaslMechanism
{
    private const int NonceBytes = 18;

    private Step _step;
    private string _header = "";
    private string _nonce = "";
    private string _messages = "";
    private ScramVerifier? _verifier;
    private string? _account;

    private enum Step
    {
        ClientFirst,
        ClientFinal,
        Acknowledgement,
    }

    public byte[] FirstChallenge => [];

    public SaslStep Respond(ReadOnlySpan<byte> response)
    {
        var text = Encoding.UTF8.GetString(response);
        switch (_step)
        {
            case Step.ClientFirst:
                _step = Step.ClientFinal;
                return TakeClientFirst(text);
            case Step.ClientFinal:
                _step = Step.Acknowledgement;
                return TakeClientFinal(text);
            default:
                return text.Length == 0 ? SaslStep.Success(_account!) : SaslStep.Failed;
        }
    }

    /// <summary>client-first-message = gs2-header client-first-message-bare.</summary>
    private SaslStep TakeClientFirst(string text)
    {
        var parts = text.Split(',');
        if (parts is not ["n" or "y", var identity, var user, var nonce, ..]
            || !user.StartsWith("n=", StringComparison.Ordinal)
            || !nonce.StartsWith("r=", StringComparison.Ordinal) || nonce.Length == 2
            || !TryDecodeName(user[2..], out var name)
            || !(identity.Length == 0 || identity == "a=" + user[2..]))
        {
            return SaslStep.Failed;
        }

        _header = $"{parts[0]},{identity},";
        _nonce = nonce[2..] + (makeNonce?.Invoke() ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes)));
        _verifier = accounts.Find(name, out _account);
        var answer = string.Create(
            CultureInfo.InvariantCulture, $"r={_nonce},s={Convert.ToBase64String(_verifier.Salt)},i={_verifier.Iterations}");
        _messages = $"{text[_header.Length..]},{answer}";
        return SaslStep.Continue(Encoding.UTF8.GetBytes(answer));
    }

    /// <summary>client-final-message = channel-binding "," nonce ["," extensions] "," proof.</summary>
    private SaslStep TakeClientFinal(string text)
    {
        var proofAt = text.LastIndexOf(",p=", StringComparison.Ordinal);
        var binding = "c=" + Convert.ToBase64String(Encoding.UTF8.GetBytes(_header));
        if (proofAt < 0 || !Base64.IsValid(text.AsSpan(proofAt + 3)))
        {
            return SaslStep.Failed;
        }

        var withoutProof = text[..proofAt];
        if (withoutProof.Split(',') is not [var first, var second, ..] || first != binding || second != "r=" + _nonce)
        {
            return SaslStep.Failed;
        }

        var authMessage = Encoding.UTF8.GetBytes($"{_messages},{withoutProof}");
        var proof = Convert.FromBase64String(text[(proofAt + 3)..]);
        return _verifier!.Proves(proof, authMessage) && _account is not null
            ? SaslStep.Continue(Encoding.UTF8.GetBytes("v=" + Convert.ToBase64String(_verifier.Sign(authMessage))))
            : SaslStep.Failed;
    }

    /// <summary>saslname: comma and equals sign are written as =2C and =3D, and no other equals sign may stand.</summary>
    private static bool TryDecodeName(string encoded, out string name)
    {
        name = encoded.Replace("=2C", ",", StringComparison.Ordinal);
        var valid = !name.Replace("=3D", "", StringComparison.Ordinal).Contains('=', StringComparison.Ordinal);
        name = name.Replace("=3D", "=", StringComparison.Ordinal);
        return valid && name.Length > 0;
    }
}
