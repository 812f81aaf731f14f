using System.Text;
using MimeKit;

namespace Lmtp.Tests.Unit.StandIns.MimeKit;

/// <summary>Messages as text, with LF as line end.</summary>
internal static class MessageText
{
    public static MimeMessage Load(string text, ParserOptions? options = null) =>
        Load(Encoding.Latin1.GetBytes(text), options);

    public static MimeMessage Load(byte[] bytes, ParserOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return MimeMessage.Load(options ?? ParserOptions.Default, stream, TestContext.Current.CancellationToken);
    }

    public static string Write(MimeMessage message, NewLineFormat format = NewLineFormat.Unix)
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = format;
        using var stream = new MemoryStream();
        message.WriteTo(options, stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A message without anything that differs from run to run.</summary>
    public static MimeMessage New()
    {
        var message = new MimeMessage { MessageId = "id@example.org" };
        message.Headers.Remove(HeaderId.Date);
        message.Headers.Remove(HeaderId.From);
        message.Headers.Remove(HeaderId.Subject);
        return message;
    }
}
