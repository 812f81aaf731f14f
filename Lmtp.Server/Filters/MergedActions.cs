namespace Lmtp.Server.Filters;

/// <summary>The actions of all filters that applied so far.</summary>
internal sealed class MergedActions
{
    private readonly Dictionary<string, ForwardTarget> _targets = new(StringComparer.Ordinal);
    private readonly List<string> _flagOrder = [];
    private readonly List<string> _keywords = [];
    private bool? _seen;
    private bool? _flag;

    public bool? Delete { get; private set; }

    public string? Mailbox { get; private set; }

    public bool? Spam { get; private set; }

    public SpamSource SpamSource { get; private set; }

    /// <summary>The filter that decided about spam, when one did.</summary>
    public UserFilter? SpamFilter { get; private set; }

    /// <summary>The mailbox by its path, when that was the first choice of a mailbox.</summary>
    public MailboxChoice? MailboxPath { get; private set; }

    public bool HasMailbox => Mailbox is not null || MailboxPath is not null;

    public string? Reject { get; private set; }

    public bool IsRedirect { get; private set; }

    /// <summary>Takes up the actions of a filter: WildDuck's, then those of its extension.</summary>
    public void Add(UserFilter filter)
    {
        Add(filter, filter.Action);
        if (filter.Extension is { } extension)
        {
            Add(filter, extension.Action);
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

        flags.AddRange(_keywords);
        return flags;
    }

    public List<ForwardTarget> Targets() => [.. _targets.Values];

    private void Add(UserFilter filter, FilterAction action)
    {
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
        Reject ??= action.Reject;
        IsRedirect |= action.IsRedirect;
        AddMailbox(action);
        AddKeywords(action);
        if (Spam is null && action.Spam is { } spam)
        {
            DecideSpam(spam, SpamSource.Filter, filter);
        }
    }

    private void AddMailbox(FilterAction action)
    {
        if (!HasMailbox)
        {
            Mailbox = action.Mailbox;
            MailboxPath = action.MailboxPath;
        }
    }

    // IMAP compares keywords without regard to case.
    private void AddKeywords(FilterAction action)
    {
        foreach (var keyword in action.Keywords)
        {
            if (!_keywords.Contains(keyword, StringComparer.OrdinalIgnoreCase))
            {
                _keywords.Add(keyword);
            }
        }
    }
}
