namespace Lmtp.Server.Mime;

/// <summary>The kinds of <see cref="DateToken"/>.</summary>
internal enum DateTokenKind
{
    End,
    Number,
    Symbol,
    Space,
    Month,
    AmPm,
    Zone,
    TimeSeparator,
    Word,
    Unknown,
}
