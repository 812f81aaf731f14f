namespace Lmtp.Server.Mime;

/// <summary>
/// Spares a message nested in many others the comparison of every line that looks like a delimiter with all of theirs.
/// </summary>
internal sealed class DelimiterFilter
{
    // Below these numbers the comparison costs less than the filter.
    private const int LeastLevels = 4;
    private const int LeastLines = 8;

    private readonly HashSet<int> _hashes = [];
    private int _lines;

    /// <summary>Another node takes the lines now.</summary>
    public void Reset() => _lines = 0;

    /// <summary>Whether a line may be the delimiter of one of the levels.</summary>
    public bool MayMatch(ReadOnlySpan<byte> line, List<MessageLevel> levels)
    {
        if (levels.Count < LeastLevels || _lines++ < LeastLines)
        {
            return true;
        }

        if (_lines == LeastLines + 1)
        {
            Fill(levels);
        }

        return _hashes.Contains(Delimiter.Hash(line));
    }

    private void Fill(List<MessageLevel> levels)
    {
        _hashes.Clear();
        foreach (var level in levels)
        {
            if (level.Current.InHeader)
            {
                continue;
            }

            if (level.Current.Parent?.Delimiter is { } parent)
            {
                _hashes.Add(parent.OpenHash);
                _hashes.Add(parent.CloseHash);
            }

            if (level.Current.Delimiter is { } own)
            {
                _hashes.Add(own.OpenHash);
            }
        }
    }
}
