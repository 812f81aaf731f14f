namespace Lmtp.Server.Mime;

/// <summary>Where a line stands in the message.</summary>
internal record struct Line
{
    /// <summary>Offset of its first byte.</summary>
    public long Start { get; set; }

    /// <summary>Bytes without the breaks.</summary>
    public long Length { get; set; }

    /// <summary>Its number, from 0.</summary>
    public int Number { get; set; }

    /// <summary>How many breaks before it are bare LF.</summary>
    public int BareLineFeeds { get; set; }

    /// <summary>The break before it.</summary>
    public LineBreak Before { get; set; }

    /// <summary>The break that ends it.</summary>
    public LineBreak After { get; set; }

    /// <summary>Offset behind its last byte, where its break begins.</summary>
    public readonly long End => Start + Length;

    /// <summary>The line behind this one, still empty.</summary>
    public readonly Line Next() => new()
    {
        Start = End + After.Length,
        Number = Number + 1,
        BareLineFeeds = BareLineFeeds + (After.IsBareLineFeed ? 1 : 0),
        Before = After,
    };
}
