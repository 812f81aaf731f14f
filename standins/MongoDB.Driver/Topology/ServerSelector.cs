namespace MongoDB.Driver.Topology;

/// <summary>Chooses among servers by read preference, then at random among the fastest.</summary>
internal static class ServerSelector
{
    public static Server Choose(List<Server> servers, ReadPreference readPreference, bool isDirect, TimeSpan localThreshold)
    {
        var known = servers.Where(server => server.Hello is not null).ToList();
        if (isDirect)
        {
            return known.FirstOrDefault();
        }

        var standalone = known.Find(server => !server.IsReplicaSetMember && server.IsWritable);
        if (standalone is not null)
        {
            return Fastest([.. known.Where(server => !server.IsReplicaSetMember && server.IsWritable)], localThreshold);
        }

        var primary = known.Find(server => server.IsWritable);
        var secondaries = WithTags([.. known.Where(server => server.IsSecondary)], readPreference);
        return readPreference.ReadPreferenceMode switch
        {
            ReadPreferenceMode.Primary => primary,
            ReadPreferenceMode.PrimaryPreferred => primary ?? Fastest(secondaries, localThreshold),
            ReadPreferenceMode.Secondary => Fastest(secondaries, localThreshold),
            ReadPreferenceMode.SecondaryPreferred => Fastest(secondaries, localThreshold) ?? primary,
            _ => Fastest(WithTags([.. known.Where(server => server.IsWritable || server.IsSecondary)], readPreference), localThreshold),
        };
    }

    private static List<Server> WithTags(List<Server> servers, ReadPreference readPreference)
    {
        foreach (var tagSet in readPreference.TagSets)
        {
            var matching = servers.FindAll(server => server.Hello is { } hello && hello.Tags.ContainsAll(tagSet));
            if (matching.Count > 0)
            {
                return matching;
            }
        }

        return readPreference.TagSets.Count == 0 ? servers : [];
    }

    private static Server Fastest(List<Server> servers, TimeSpan localThreshold)
    {
        if (servers.Count < 2)
        {
            return servers.FirstOrDefault();
        }

        var limit = servers.Min(server => server.RoundTripTime) + localThreshold;
        var near = servers.FindAll(server => server.RoundTripTime <= limit);
        return near[Random.Shared.Next(near.Count)];
    }
}
