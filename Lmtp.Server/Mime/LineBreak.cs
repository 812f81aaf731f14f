namespace Lmtp.Server.Mime;

/// <summary>A line break: any number of CR and an LF, or a single CR. The default value is none.</summary>
internal readonly record struct LineBreak(int CarriageReturns, bool LineFeed)
{
    public static readonly LineBreak CrLf = new(1, true);
    public static readonly LineBreak LineFeedOnly = new(0, true);

    public int Length => CarriageReturns + (LineFeed ? 1 : 0);

    public bool IsBareLineFeed => LineFeed && CarriageReturns == 0;
}
