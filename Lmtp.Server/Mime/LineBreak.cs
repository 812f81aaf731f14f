namespace Lmtp.Server.Mime;

/// <summary>A line break: any number of CR and an LF, or a single CR. The default value is none.</summary>
internal readonly record struct LineBreak(int CarriageReturns, bool LineFeed)
{
    public static readonly LineBreak CrLf = new(1, true);
    public static readonly LineBreak LineFeedOnly = new(0, true);
    public static readonly LineBreak CarriageReturnOnly = new(1, false);

    public int Length => CarriageReturns + (LineFeed ? 1 : 0);

    public bool IsBareLineFeed => LineFeed && CarriageReturns == 0;

    /// <summary>The break that ends at a position of some bytes.</summary>
    public static LineBreak At(ReadOnlySpan<byte> bytes, int end)
    {
        if (bytes[end - 1] != '\n')
        {
            return CarriageReturnOnly;
        }

        var text = bytes[..(end - 1)].LastIndexOfAnyExcept((byte)'\r');
        return new LineBreak(end - 2 - text, LineFeed: true);
    }
}
