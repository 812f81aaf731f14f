using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Makes one entry of an address list out of its tokens.</summary>
internal sealed class AddressEntry
{
    private readonly List<Run> _text = [];
    private readonly List<Run> _address = [];
    private readonly List<Run> _comment = [];
    private readonly List<Run> _group = [];
    private bool _isGroup;

    private AddressEntry()
    {
    }

    public static MailAddress Read(List<AddressToken> tokens, int depth)
    {
        var entry = new AddressEntry();
        entry.Sort(tokens);
        return entry._isGroup ? entry.ToGroup(depth) : entry.ToAddress();
    }

    private void Sort(List<AddressToken> tokens)
    {
        var runs = _text;
        var quoted = false;
        for (var index = 0; index < tokens.Count; index++)
        {
            var token = tokens[index];
            if (token.Operator != '\0')
            {
                quoted = token.Operator == '"' && !quoted;
                runs = Runs(token.Operator);
                continue;
            }

            var text = ReferenceEquals(runs, _address) ? AfterStrayBracket(token.Text) : token.Text;
            var previous = index > 0 ? tokens[index - 1] : default;
            if (previous.GluesNext && runs.Count > 0 && MayGlue(runs[^1], previous.Operator, text))
            {
                runs[^1].Append(text, quoted && ReferenceEquals(runs, _text));
            }
            else
            {
                // Of an empty quoted string nothing but its two quotes is left; it still makes a quoted word.
                var afterEmptyQuotes = index > 1 && previous is { Operator: '"', GluesNext: true } && tokens[index - 2].Operator == '"';
                runs.Add(new Run(text, quoted || afterEmptyQuotes));
            }
        }
    }

    private List<Run> Runs(char @operator)
    {
        switch (@operator)
        {
            case '<':
                return _address;
            case '(':
                return _comment;
            case ':':
                _isGroup = true;
                return _group;
            default:
                return _text;
        }
    }

    /// <summary>What stands before a second opening bracket is display text gone astray.</summary>
    private static string AfterStrayBracket(string text)
    {
        var bracket = text.IndexOf('<', StringComparison.Ordinal);
        return bracket < 0 ? text : text.AsSpan(bracket + 1).TrimStart(Whitespace.Set).ToString();
    }

    /// <summary>A comment may stand inside an address beside the @, but must not make one word of two.</summary>
    private static bool MayGlue(Run run, char @operator, string text) =>
        @operator != ')' || run.EndsWith('@') || text.StartsWith('@');

    private MailAddress ToGroup(int depth)
    {
        if (_text.Count == 0)
        {
            _text.AddRange(_comment);
        }

        var members = new List<MailAddress>();
        if (_group.Count > 0)
        {
            foreach (var member in AddressParser.Parse(Join(_group, ","), depth + 1))
            {
                if (member.Group is null)
                {
                    members.Add(member);
                }
                else
                {
                    members.AddRange(member.Group);
                }
            }
        }

        return new MailAddress(Join(_text, " "), "", members);
    }

    private MailAddress ToAddress()
    {
        if (_text.Count == 0)
        {
            _text.AddRange(_comment);
            _comment.Clear();
        }

        if (_address.Count == 0 && _text.Count > 0)
        {
            TakeAddressFromText();
        }

        if (_text.Count == 0)
        {
            _text.AddRange(_comment);
        }

        _text.AddRange(_address.Skip(1));
        var isQuoted = _address.Count == 0 && _text.Exists(static run => run.IsQuoted);
        var text = Join(_text, " ");
        var address = _address.Count > 0 ? _address[0].ToString() : "";
        if (isQuoted && text.Length > 0)
        {
            address = AddressSpec.QuoteLocalPart(text);
            text = "";
        }

        AddressSpec.Recover(ref address, ref text);
        return Settle(address, text);
    }

    private static MailAddress Settle(string address, string text)
    {
        var result = new MailAddress(text.Length > 0 ? text : address, address.Length > 0 ? address : text);
        if (result.Address != result.Name)
        {
            return result;
        }

        return result.Address.Contains('@', StringComparison.Ordinal)
            ? result with { Name = "" }
            : result with { Address = "" };
    }

    private void TakeAddressFromText()
    {
        for (var index = _text.Count - 1; index >= 0; index--)
        {
            if (!_text[index].IsQuoted && AddressSpec.IsStrict(_text[index].ToString()))
            {
                _address.Add(_text[index]);
                _text.RemoveAt(index);
                return;
            }
        }

        for (var index = _text.Count - 1; index >= 0; index--)
        {
            if (_text[index].IsQuoted)
            {
                continue;
            }

            var found = AddressSpec.TryFind(_text[index].ToString(), out var address, out var rest);
            _text[index] = new Run(rest, quoted: false);
            if (found)
            {
                _address.Add(new Run(address, quoted: false));
                return;
            }
        }
    }

    private static string Join(List<Run> runs, string separator) => string.Join(separator, runs.Select(static run => run.ToString()));

    /// <summary>Tokens that belong together without a space.</summary>
    private sealed class Run(string text, bool quoted)
    {
        private StringBuilder? _builder;
        private string? _text = text;

        public bool IsQuoted { get; private set; } = quoted;

        public bool EndsWith(char character) =>
            _text is not null ? _text.EndsWith(character) : _builder!.Length > 0 && _builder[^1] == character;

        public void Append(string text, bool quoted)
        {
            IsQuoted |= quoted;
            _builder ??= new StringBuilder(_text);
            _builder.Append(text);
            _text = null;
        }

        public override string ToString() => _text ??= _builder!.ToString();
    }
}
