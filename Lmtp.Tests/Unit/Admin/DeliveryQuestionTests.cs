using Lmtp.Admin.Components.Deliveries;
using Lmtp.Contracts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class DeliveryQuestionTests
{
    [Theory]
    [InlineData("recipient", nameof(DeliverySearch.Recipient))]
    [InlineData("sender", nameof(DeliverySearch.Sender))]
    [InlineData("queue", nameof(DeliverySearch.QueueId))]
    [InlineData("message", nameof(DeliverySearch.MessageId))]
    [InlineData("session", nameof(DeliverySearch.Session))]
    [InlineData("no such field", nameof(DeliverySearch.Recipient))]
    public void Term_is_looked_for_in_its_field_alone(string field, string property)
    {
        var search = DeliveryQuestion.Of(field, " what ", null).ToSearch(TimeZoneInfo.Utc);

        Dictionary<string, string?> terms = new()
        {
            [nameof(DeliverySearch.Recipient)] = search.Recipient,
            [nameof(DeliverySearch.Sender)] = search.Sender,
            [nameof(DeliverySearch.QueueId)] = search.QueueId,
            [nameof(DeliverySearch.MessageId)] = search.MessageId,
            [nameof(DeliverySearch.Session)] = search.Session,
        };
        Assert.Equal(KeyValuePair.Create<string, string?>(property, "what"), Assert.Single(terms, term => term.Value is not null));
    }

    [Fact]
    public void Days_are_those_of_the_zone_from_their_first_moment_to_their_last()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), null, null);

        var search = DeliveryQuestion.Of(null, null, null, "2026-03-01", "2026-03-02").ToSearch(zone);

        Assert.Equal(new DateTimeOffset(2026, 2, 28, 22, 0, 0, TimeSpan.Zero), search.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 22, 0, 0, TimeSpan.Zero), search.Before);
    }

    [Fact]
    public void What_is_no_day_narrows_nothing() =>
        Assert.False(DeliveryQuestion.Of(null, null, null, "yesterday", "2026-02-30").IsSearching);

    [Fact]
    public void Outcome_is_looked_for_without_a_term() =>
        Assert.Equal(["stored"], DeliveryQuestion.Of("sender", " ", "stored").ToSearch(TimeZoneInfo.Utc).Outcomes);
}
