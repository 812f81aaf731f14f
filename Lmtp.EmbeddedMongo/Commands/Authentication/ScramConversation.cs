using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lmtp.EmbeddedMongo.Commands.Authentication;

/// <summary>The server's side of one SCRAM-SHA-256 exchange (RFC 5802).</summary>
/// <param name="credential">The only user's credential.</param>
/// <param name="serverNonce">Random text without commas.</param>
internal sealed class ScramConversation(ScramCredential credential, string serverNonce)
{
    private const string NoChannelBinding = "n,,";

    private string _clientFirstBare = string.Empty;
    private string _serverFirst = string.Empty;
    private string _nonce = string.Empty;
    private bool _knowsUser;

    /// <summary>Whether the client has proved that it knows the password.</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>Whether the client does without the empty last step.</summary>
    public bool SkipsEmptyExchange { get; set; }

    /// <summary>The name that the client gave.</summary>
    public string User { get; private set; } = string.Empty;

    /// <summary>Answers the client's first message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The server's first message.</returns>
    /// <exception cref="CommandException">The message cannot be read.</exception>
    public byte[] Start(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        if (!text.StartsWith(NoChannelBinding, StringComparison.Ordinal))
        {
            throw Failure();
        }

        _clientFirstBare = text[NoChannelBinding.Length..];
        var attributes = Attributes(_clientFirstBare);
        User = Attribute(attributes, 'n').Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        _knowsUser = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(User), Encoding.UTF8.GetBytes(credential.User));
        _nonce = Attribute(attributes, 'r') + serverNonce;
        _serverFirst = string.Create(
            CultureInfo.InvariantCulture,
            $"r={_nonce},s={Convert.ToBase64String(credential.Salt)},i={credential.Iterations}");
        return Encoding.UTF8.GetBytes(_serverFirst);
    }

    /// <summary>Answers the client's last message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The server's proof.</returns>
    /// <exception cref="CommandException">The user or the password is wrong.</exception>
    public byte[] Finish(ReadOnlySpan<byte> message)
    {
        var text = Encoding.UTF8.GetString(message);
        var attributes = Attributes(text);
        var proof = new byte[SHA256.HashSizeInBytes];
        var proofStart = text.LastIndexOf(",p=", StringComparison.Ordinal);
        if (_nonce.Length == 0
            || proofStart < 0
            || Attribute(attributes, 'r') != _nonce
            || Attribute(attributes, 'c') != "biws"
            || !Convert.TryFromBase64String(Attribute(attributes, 'p'), proof, out var length)
            || length != proof.Length)
        {
            throw Failure();
        }

        var signed = Encoding.UTF8.GetBytes($"{_clientFirstBare},{_serverFirst},{text[..proofStart]}");
        var signature = HMACSHA256.HashData(credential.StoredKey, signed);
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] ^= signature[i];
        }

        IsAuthenticated = CryptographicOperations.FixedTimeEquals(SHA256.HashData(proof), credential.StoredKey) & _knowsUser;
        return IsAuthenticated
            ? Encoding.UTF8.GetBytes("v=" + Convert.ToBase64String(HMACSHA256.HashData(credential.ServerKey, signed)))
            : throw Failure();
    }

    private static Dictionary<char, string> Attributes(string message)
    {
        var attributes = new Dictionary<char, string>();
        foreach (var part in message.Split(','))
        {
            if (part.Length > 1 && part[1] == '=')
            {
                attributes.TryAdd(part[0], part[2..]);
            }
        }

        return attributes;
    }

    private static string Attribute(Dictionary<char, string> attributes, char name) =>
        attributes.TryGetValue(name, out var value) ? value : throw Failure();

    private static CommandException Failure() => new(ErrorCode.AuthenticationFailed, "Authentication failed.");
}
