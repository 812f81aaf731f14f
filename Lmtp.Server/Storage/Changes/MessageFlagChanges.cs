namespace Lmtp.Server.Storage.Changes;

/// <summary>The system flags (RFC 9051 section 2.3.2) that a change sets or takes away; null: stays as it is.</summary>
internal sealed record MessageFlagChanges(bool? Seen, bool? Flagged, bool? Draft, bool? Deleted)
{
    /// <summary>The flags after the change, those of the user's own kept.</summary>
    public List<string> Apply(IEnumerable<string> flags)
    {
        var changed = flags.ToList();
        Apply(changed, @"\Seen", Seen);
        Apply(changed, @"\Flagged", Flagged);
        Apply(changed, @"\Draft", Draft);
        Apply(changed, @"\Deleted", Deleted);
        return changed;
    }

    private static void Apply(List<string> flags, string flag, bool? isSet)
    {
        if (isSet == true && !flags.Contains(flag))
        {
            flags.Add(flag);
        }
        else if (isSet == false)
        {
            flags.RemoveAll(other => other == flag);
        }
    }
}
