using System.Text;

namespace Lmtp.Tests.Integration.Encryption;

/// <summary>GnuPG with a key ring of its own.</summary>
internal sealed class GnuPg : IAsyncDisposable
{
    private const string Program = "gpg";

    private readonly WorkFolder _folder = new();

    private GnuPg()
    {
    }

    /// <summary>Starts with an empty key ring; the test skips where GnuPG is not installed.</summary>
    public static GnuPg Open()
    {
        WorkFolder.Require(Program);
        return new GnuPg();
    }

    /// <summary>Makes a primary key for signing and, where an algorithm is given, a subkey for encryption.</summary>
    public async Task<string> GenerateAsync(string primary, string? subkey)
    {
        var user = $"{Guid.NewGuid():N}@example.org";
        await RunAsync("--quick-generate-key", user, primary, "sign", "never");
        if (subkey is not null)
        {
            await RunAsync("--quick-add-key", await FingerprintAsync(user), subkey, "encrypt", "never");
        }

        return user;
    }

    public async Task<string> ExportAsync(string user)
    {
        await RunAsync("--armor", "--output", _folder[$"{user}.asc"], "--export", user);
        return await File.ReadAllTextAsync(_folder[$"{user}.asc"], TestContext.Current.CancellationToken);
    }

    /// <summary>Lets the key and its subkeys expire after some seconds.</summary>
    public async Task ExpireAsync(string user, int seconds) =>
        await RunAsync("--quick-set-expire", await FingerprintAsync(user), $"seconds={seconds}");

    /// <summary>Revokes the key with the certificate that GnuPG made along with it.</summary>
    public async Task RevokeAsync(string user)
    {
        var file = _folder[Path.Combine("openpgp-revocs.d", $"{await FingerprintAsync(user)}.rev")];
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var good = await _folder.WriteAsync("revocation", Encoding.ASCII.GetBytes(text.Replace(":-----BEGIN", "-----BEGIN", StringComparison.Ordinal)));
        await RunAsync("--import", good);
    }

    /// <summary>The message, and what GnuPG says about the packets on the way.</summary>
    public async Task<(byte[] Message, string Said)> DecryptAsync(string armour)
    {
        var file = await _folder.WriteAsync("message.asc", Encoding.ASCII.GetBytes(armour));
        var said = await RunAsync("--status-fd", "2", "--output", _folder["message"], "--decrypt", file);
        return (await File.ReadAllBytesAsync(_folder["message"], TestContext.Current.CancellationToken), said);
    }

    public async ValueTask DisposeAsync()
    {
        await WorkFolder.RunAsync("gpgconf", "--homedir", _folder.Root, "--kill", "gpg-agent");
        _folder.Dispose();
    }

    private async Task<string> FingerprintAsync(string user)
    {
        var listing = await RunAsync("--with-colons", "--list-keys", user);
        return listing.Split('\n').First(static line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
    }

    private Task<string> RunAsync(params string[] arguments) => WorkFolder.RunAsync(
        Program,
        ["--homedir", _folder.Root, "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments]);
}
