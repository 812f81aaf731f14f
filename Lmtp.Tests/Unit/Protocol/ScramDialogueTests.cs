using System.Security.Cryptography;
using System.Text;
using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>SCRAM-SHA-256 (RFC 5802) through a session, with a client that computes its part itself.</summary>
public sealed class ScramDialogueTests
{
    private const string Password = "a secret word";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, Password, "235 2.7.0 Authentication succeeded")]
    [InlineData(false, Password, "235 2.7.0 Authentication succeeded")]
    [InlineData(true, "another word", "535 5.7.8 Authentication failed")]
    public async Task Account_authenticates_by_proof_alone(bool initialResponse, string password, string expected)
    {
        await using var dialogue = new SessionDialogue(
            options => options.ServiceAccounts.Add(new ServiceAccountOptions { Name = "mta", Password = Password }),
            listener: new ListenerOptions { Auth = AuthRule.Required });
        await dialogue.ReadLineAsync(Cancellation);
        await dialogue.SendAsync("LHLO x\r\n");
        while (await dialogue.ReadLineAsync(Cancellation) is { } line && line[3] == '-')
        {
        }

        const string bare = "n=mta,r=clientnonce";
        await dialogue.SendAsync(initialResponse ? $"AUTH SCRAM-SHA-256 {Encode("n,," + bare)}\r\n" : "AUTH SCRAM-SHA-256\r\n");
        if (!initialResponse)
        {
            Assert.Equal("334 ", await dialogue.ReadLineAsync(Cancellation));
            await dialogue.SendAsync(Encode("n,," + bare) + "\r\n");
        }

        var challenge = Decode(await dialogue.ReadLineAsync(Cancellation));
        var (final, signature) = Answer(bare, challenge, password);
        await dialogue.SendAsync(Encode(final) + "\r\n");
        var reply = await dialogue.ReadLineAsync(Cancellation);
        if (reply!.StartsWith("334 ", StringComparison.Ordinal))
        {
            Assert.Equal("v=" + Convert.ToBase64String(signature), Decode(reply));
            await dialogue.SendAsync("\r\n");
            reply = await dialogue.ReadLineAsync(Cancellation);
        }

        Assert.Equal(expected, reply);
    }

    private static (string Final, byte[] Signature) Answer(string bare, string challenge, string password)
    {
        var parts = challenge.Split(',').ToDictionary(part => part[0], part => part[2..]);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(parts['s']), int.Parse(parts['i'], null), HashAlgorithmName.SHA256, 32);
        var withoutProof = $"c=biws,r={parts['r']}";
        var message = Encoding.UTF8.GetBytes($"{bare},{challenge},{withoutProof}");
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var clientSignature = HMACSHA256.HashData(SHA256.HashData(clientKey), message);
        var proof = clientKey.Zip(clientSignature, (key, signature) => (byte)(key ^ signature)).ToArray();
        return ($"{withoutProof},p={Convert.ToBase64String(proof)}", HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), message));
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Decode(string? reply) => Encoding.UTF8.GetString(Convert.FromBase64String(reply!["334 ".Length..]));
}
