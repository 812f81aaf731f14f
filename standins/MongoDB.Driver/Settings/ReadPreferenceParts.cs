namespace MongoDB.Driver;

/// <summary>Collects the options that make up a read preference.</summary>
internal sealed class ReadPreferenceParts
{
    private readonly List<TagSet> _tagSets = [];
    private ReadPreferenceMode? _mode;
    private TimeSpan? _maxStaleness;

    public bool TryTake(string name, string value)
    {
        switch (name.ToUpperInvariant())
        {
            case "READPREFERENCE":
                _mode = ConnectionStringOptions.Enumeration<ReadPreferenceMode>(name, value);
                return true;
            case "READPREFERENCETAGS":
                _tagSets.Add(ParseTags(name, value));
                return true;
            case "MAXSTALENESSSECONDS":
                var seconds = ConnectionStringOptions.Number(name, value, -1);
                _maxStaleness = seconds < 0 ? null : TimeSpan.FromSeconds(seconds);
                return true;
            default:
                return false;
        }
    }

    public ReadPreference Build()
    {
        if (_mode is null && _tagSets.Count == 0 && _maxStaleness is null)
        {
            return null;
        }

        try
        {
            return new ReadPreference(_mode ?? ReadPreferenceMode.Primary, _tagSets, _maxStaleness);
        }
        catch (ArgumentException exception)
        {
            throw new MongoConfigurationException("The read preference of the connection string is not valid.", exception);
        }
    }

    private static TagSet ParseTags(string name, string value)
    {
        var tags = new List<Tag>();
        foreach (var part in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                throw ConnectionStringOptions.Faulty(name);
            }

            tags.Add(new Tag(part[..colon], part[(colon + 1)..]));
        }

        return new TagSet(tags);
    }
}
