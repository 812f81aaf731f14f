namespace Lmtp.Server.Filters;

/// <summary>The actions of all filters that applied so far.</summary>
internal sealed class MergedActions
{
    private readonly Dictionary<string, ForwardTarget> _targets = new(StringComparer.Ordinal);
    private readonly List<string> _flagOrder = [];
    private bool? _seen;
    private bool? _flag;

    public bool? Delete { get; private set; }

    public string? Mailbox { get; private set; }

    public bool? Spam { get; private set; }

    public SpamSource SpamSource { get; private set; }

    /// <summary>The filter that decided about spam, when one did.</summary>
    public UserFilter? SpamFilter { get; private set; }

    public void Add(UserFilter filter)
    {
        var action = filter.Action;
        foreach (var target in action.Targets)
        {
            _targets[target.Value] = target;
        }

        foreach (var name in action.Order)
        {
            if (name is "seen" or "flag" && !_flagOrder.Contains(name))
            {
                _flagOrder.Add(name);
            }
        }

        _seen ??= action.Seen;
        _flag ??= action.Flag;
        Delete ??= action.Delete;
        Mailbox ??= action.Mailbox;
        if (Spam is null && action.Spam is { } spam)
        {
            DecideSpam(spam, SpamSource.Filter, filter);
        }
    }

    public void DecideSpam(bool isSpam, SpamSource source, UserFilter? filter)
    {
        Spam = isSpam;
        SpamSource = source;
        SpamFilter = filter;
    }

    /// <summary>A mailbox that a filter named goes before Junk; that something is no spam stays decided.</summary>
    public void ForgetSpam()
    {
        if (Spam is true)
        {
            Spam = null;
            SpamSource = SpamSource.None;
            SpamFilter = null;
        }
    }

    public List<string> Flags()
    {
        var flags = new List<string>(2);
        foreach (var name in _flagOrder)
        {
            if (name == "seen" && _seen is true)
            {
                flags.Add(@"\Seen");
            }
            else if (name == "flag" && _flag is true)
            {
                flags.Add(@"\Flagged");
            }
        }

        return flags;
    }

    public List<ForwardTarget> Targets() => [.. _targets.Values];
}
