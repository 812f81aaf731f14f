using System.Globalization;
using System.Text;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>
/// Makes messages that are nearly right: multiparts in messages in multiparts, with bodies of many lines, in which
/// now and then a delimiter, a header or a line break is not what it should be.
/// </summary>
internal sealed class RandomStructures(int seed)
{
    private const int MaxDepth = 4;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _message = new();
    private int _boundaries;

    public byte[] Next()
    {
        _message.Clear();
        Node(0);
        return Encoding.Latin1.GetBytes(_message.ToString());
    }

    private void Node(int depth)
    {
        Header("Subject: =?utf-8?q?a=C3=A4?=", "From: \"a, b\" <a@b>, x: c@d;", "X: 1", "Received: a", " folded", "no colon", "\u00ff: y");
        var kind = depth < MaxDepth ? _random.Next(5) : _random.Next(2, 5);
        switch (kind)
        {
            case 0:
                Multipart(depth);
                break;
            case 1:
                Header("Content-Type: message/rfc822", "Content-Type: Message/RFC822", "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64");
                Break();
                Node(depth + 1);
                break;
            case 2:
                Header("Content-Type: application/octet-stream; name=a", "Content-Disposition: attachment; filename*0=a; filename*1=b");
                Header("Content-Transfer-Encoding: base64");
                Break();
                Lines(_random.Next(200), new string('Q', _random.Next(1, 90)));
                break;
            case 3:
                Header("Content-Type: text/html; charset=utf-8", "Content-Type: text/plain; format=flowed", "Content-Transfer-Encoding: quoted-printable");
                Break();
                Lines(_random.Next(100), "<p>text=3D <b>bold</b> &amp; -- ");
                break;
            default:
                Break();
                Lines(_random.Next(300), "-- text ");
                break;
        }
    }

    private void Multipart(int depth)
    {
        // One in four has the boundary of another multipart.
        var number = _random.Next(4) == 0 ? _random.Next(_boundaries + 1) : _boundaries++;
        _message.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/{(_random.Next(2) == 0 ? "mixed" : "alternative")}; boundary=b{number}");
        Break();
        Break();
        Lines(_random.Next(3), "preamble");
        for (var part = _random.Next(5); part > 0; part--)
        {
            _message.Append(CultureInfo.InvariantCulture, $"--b{number}{(_random.Next(12) == 0 ? " " : "")}");
            Break();
            Node(depth + 1);
            Break();
        }

        if (_random.Next(5) > 0)
        {
            _message.Append(CultureInfo.InvariantCulture, $"--b{number}--");
            Break();
            Lines(_random.Next(3), "epilogue");
        }
    }

    private void Header(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            if (_random.Next(3) == 0)
            {
                _message.Append(line);
                Break();
            }
        }
    }

    private void Lines(int count, string text)
    {
        for (; count > 0; count--)
        {
            _message.Append(_random.Next(30) == 0 ? "-" + text : text);
            Break();
        }
    }

    private void Break() => _message.Append(_random.Next(60) switch
    {
        0 => "\n",
        1 => "\r",
        2 => "\r\r\n",
        3 => "",
        _ => "\r\n",
    });
}
