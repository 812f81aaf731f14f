using System.Text;

using Lmtp.Server.Mime.Html;

namespace Lmtp.Server.Mime;

/// <summary>The text and HTML of a message, cut to what is stored.</summary>
internal sealed class StoredText
{
    /// <summary>How much HTML is stored, in bytes of UTF-8, give or take a part.</summary>
    public const int MaxHtml = 640 * 1024;

    // The first piece is in the full-text index.
    private const int MaxIndexedText = 1024;
    private const int MaxText = 100 * 1024;

    private readonly TextBuffer _stored;
    private TextSlice _plainText;
    private TextSlice _text;
    private TextSlice _textFooter;
    private TextSlice _intro;
    private TextRange _lastHtml;
    private List<TextRange>? _earlierHtml;
    private string[]? _htmlTexts;
    private readonly int _htmlStart;
    private int _htmlBytes;
    private bool _hasHtml;
    private bool _hasIntro;

    /// <summary>Begins with the plain text.</summary>
    /// <param name="plainText">The whole of it, without white space around it.</param>
    /// <param name="stored">Receives what is stored.</param>
    public StoredText(TextSlice plainText, TextBuffer stored)
    {
        _stored = stored;
        _plainText = plainText;
        var start = stored.Length;
        AppendWithLineFeeds(plainText.Text);
        var length = stored.Length - start;
        _text = new TextSlice(stored, new TextRange(start, Math.Min(length, MaxIndexedText)));
        _textFooter = new TextSlice(stored, new TextRange(start + _text.Length, length - _text.Length));
        _htmlStart = stored.Length;
    }

    public string PlainText => _plainText.String;

    public string? Text => _text.Length > 0 ? _text.String : null;

    public string? TextFooter => _textFooter.Length > 0 ? _textFooter.String : null;

    public string? Intro => _hasIntro ? _intro.String : null;

    public IReadOnlyList<string> Html => _htmlTexts ??= _hasHtml
        ? [.. (_earlierHtml ?? []).Append(_lastHtml).Select(range => _stored[range].ToString())]
        : [];

    /// <summary>Whether a further part of HTML is wanted.</summary>
    public bool WantsHtml => _htmlBytes < MaxHtml;

    /// <summary>Takes a part of HTML, which was appended to the stored text and is not blank.</summary>
    public void AddHtml()
    {
        var start = _htmlStart;
        if (_hasHtml)
        {
            start = _lastHtml.End;
            (_earlierHtml ??= []).Add(_lastHtml);
        }

        _hasHtml = true;
        var part = _stored.Tail(start);
        var bytes = Encoding.UTF8.GetByteCount(part);
        if (_htmlBytes + bytes > MaxHtml)
        {
            _stored.CutAt(start + MaxHtml);
            bytes = Encoding.UTF8.GetByteCount(_stored.Tail(start));
        }

        _htmlBytes += bytes;
        _lastHtml = _stored.Since(start);
    }

    /// <summary>Makes the preview, of the HTML if there is any. Nothing can be added afterwards.</summary>
    public void MakeIntro()
    {
        using var scratch = new ScratchText();
        var text = scratch.Buffer;
        _hasIntro = _hasHtml && HtmlToText.TryConvert(_stored.Tail(_htmlStart), text, MessagePreview.MaxTextLength);
        if (!_hasIntro && _text.Length > 0)
        {
            _hasIntro = true;
            text.Append(_text.Text);
        }

        if (_hasIntro)
        {
            var start = _stored.Length;
            MessagePreview.Create(text.Text, _stored);
            _intro = new TextSlice(_stored, _stored.Since(start));
        }
    }

    /// <summary>Appends as much of the text as is stored, with LF line ends.</summary>
    private void AppendWithLineFeeds(ReadOnlySpan<char> text)
    {
        var start = _stored.Length;
        while (_stored.Length - start < MaxText)
        {
            var lineBreak = text.IndexOf("\r\n");
            if (lineBreak < 0)
            {
                _stored.Append(text[..Math.Min(text.Length, MaxText)]);
                break;
            }

            _stored.Append(text[..Math.Min(lineBreak, MaxText)]);
            _stored.Append('\n');
            text = text[(lineBreak + 2)..];
        }

        _stored.CutAt(start + MaxText);
    }
}
