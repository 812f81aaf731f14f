using System.Text;

namespace Lmtp.Tests.Integration.WildDuck.Imap;

/// <summary>One value of an IMAP response: an atom, a string of either form, or a list.</summary>
internal abstract record ImapValue
{
    public static string Write(IEnumerable<ImapValue> values) => string.Join(' ', values);
}

/// <summary>A word: a flag, a number, a name with its section, or NIL.</summary>
internal sealed record ImapAtom(string Text) : ImapValue
{
    public override string ToString() => Text;
}

/// <summary>A quoted string or a literal; the two mean the same.</summary>
internal sealed record ImapString(byte[] Bytes) : ImapValue
{
    public string Text => Encoding.Latin1.GetString(Bytes);

    public override string ToString() => $"\"{Text}\"";
}

/// <summary>Values in parentheses.</summary>
internal sealed record ImapList(IReadOnlyList<ImapValue> Items) : ImapValue
{
    public override string ToString() => $"({Write(Items)})";
}
