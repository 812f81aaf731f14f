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
        var search = DeliveryQuestion.Of(field, " what ", null).ToSearch();

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
    public void Outcome_is_looked_for_without_a_term() =>
        Assert.Equal(["stored"], DeliveryQuestion.Of("sender", " ", "stored").ToSearch().Outcomes);
}
