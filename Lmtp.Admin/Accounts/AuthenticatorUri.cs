using System.Text;
using QRCoder;

namespace Lmtp.Admin.Accounts;

/// <summary>What authenticator apps read: the key URI (<c>otpauth://totp/…</c>) as a picture, or the key as text.</summary>
internal static class AuthenticatorUri
{
    private const string Issuer = "Lmtp";
    private const int GroupLength = 4;

    /// <summary>A QR code as a data URI.</summary>
    public static string ToImage(string account, string key)
    {
        var uri = $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(account)}?secret={key}&issuer={Issuer}&digits=6";
        using var code = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(picture.GetGraphic(4)))}";
    }

    /// <summary>The key in groups that can be copied by eye.</summary>
    public static string Grouped(string key) =>
        string.Join(' ', key.ToUpperInvariant().Chunk(GroupLength).Select(static group => new string(group)));
}
