using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Aggregation;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Sorting;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

/// <summary>The clock of these tests moves on by a millisecond whenever somebody looks at it.</summary>
public sealed class TimeBudgetTests
{
    private const int Items = 1000;

    [Theory]
    [InlineData("{$map: {input: {$range: [0, 1000]}, in: '$$this'}}")]
    [InlineData("{$filter: {input: {$range: [0, 1000]}, cond: true}}")]
    [InlineData("{$reduce: {input: {$range: [0, 1000]}, initialValue: 0, in: '$$this'}}")]
    public void Expression_looks_at_the_time_for_every_element(string expression)
    {
        var parsed = ExpressionParser.Parse(BsonDocument.Parse(expression));
        AssertExpires(() => parsed.Evaluate(Scope(Budget(Items / 2))));
        Assert.NotNull(parsed.Evaluate(Scope(Budget(Items * 2))));
    }

    [Theory]
    [InlineData("{$match: {a: 1}}")]
    [InlineData("{$group: {_id: '$a'}}")]
    [InlineData("{$sort: {b: 1}}")]
    [InlineData("{$project: {a: 1}}")]
    [InlineData("{$set: {a: 1}}")]
    [InlineData("{$count: 'n'}")]
    public void Stage_looks_at_the_time_for_every_document(string stage) => AssertPipelineExpires(stage, Items);

    [Fact]
    public void Unwinding_looks_at_the_time_for_every_element()
    {
        var pipeline = Pipeline.Parse([BsonDocument.Parse("{$unwind: '$a'}")]);
        BsonDocument[] documents = [new BsonDocument("a", new BsonArray(Enumerable.Range(0, Items)))];
        AssertExpires(() => pipeline.Run(documents, Context(Items / 2)).Count());
    }

    [Fact]
    public void Sorting_looks_at_the_time_between_comparisons()
    {
        var order = SortPattern.Parse(new BsonDocument("a", 1))!;
        var keys = Enumerable.Range(0, Items).Select(i => new BsonValue[] { (i * 7919) % Items }).ToList();
        var exception = Assert.Throws<InvalidOperationException>(() => keys.Order(new WatchedOrder(order, Budget(50))).ToList());
        Assert.Equal(50, Assert.IsType<CommandException>(exception.InnerException).Code);
        Assert.Equal(Items, keys.Order(new WatchedOrder(order, Budget(int.MaxValue))).Count());
    }

    [Fact]
    public void Match_of_one_text_ends_with_the_time_of_the_command()
    {
        // The lookahead keeps the matcher from the linear way; each further letter doubles its work.
        var filter = FilterParser.Parse(BsonDocument.Parse("{t: {$regex: '^(?=a)(a+)+$'}}"));
        var document = new BsonDocument("t", new string('a', 60) + "b").ToBson();
        var budget = new TimeBudget(TimeProvider.System, TimeSpan.FromMilliseconds(20));
        budget.Resume(TestContext.Current.CancellationToken);
        var exception = Assert.Throws<CommandException>(MatchAgainAndAgain);
        Assert.Equal(50, exception.Code);
        Assert.Equal("operation exceeded time limit", exception.Message);

        void MatchAgainAndAgain()
        {
            while (true)
            {
                filter.Matches(document, new MatchState { Budget = budget });
            }
        }
    }

    [Fact]
    public void Time_between_batches_does_not_count()
    {
        var clock = new MovingClock();
        var budget = new TimeBudget(clock, TimeSpan.FromMilliseconds(100));
        budget.Resume(TestContext.Current.CancellationToken);
        clock.Advance(60);
        budget.Check();
        budget.Pause();
        clock.Advance(1_000_000);
        budget.Resume(TestContext.Current.CancellationToken);
        clock.Advance(30);
        budget.Check();
        clock.Advance(60);
        AssertExpires(budget.Check);
    }

    private static void AssertPipelineExpires(string stage, int count)
    {
        var pipeline = Pipeline.Parse([BsonDocument.Parse(stage)]);
        var documents = Enumerable.Range(0, count).Select(i => new BsonDocument { { "a", 1 }, { "b", -i } }).ToList();
        AssertExpires(() => pipeline.Run(documents, Context(count / 2)).Count());
        Assert.NotEmpty(pipeline.Run(documents, Context(int.MaxValue)));
    }

    private static PipelineContext Context(int limit) => new(DateTimeOffset.UnixEpoch) { Budget = Budget(limit) };

    private static EvaluationScope Scope(TimeBudget budget) => new([], DateTimeOffset.UnixEpoch, null, budget);

    private static TimeBudget Budget(int limit)
    {
        var budget = new TimeBudget(new MovingClock(), TimeSpan.FromMilliseconds(limit));
        budget.Resume(TestContext.Current.CancellationToken);
        return budget;
    }

    private static void AssertExpires(Action action)
    {
        var exception = Assert.Throws<CommandException>(action);
        Assert.Equal((50, "MaxTimeMSExpired"), (exception.Code, exception.CodeName));
    }

    private static void AssertExpires<T>(Func<T> action) => AssertExpires(() => { _ = action(); });

    private sealed class MovingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Interlocked.Increment(ref _now);

        public void Advance(long milliseconds) => Interlocked.Add(ref _now, milliseconds);
    }
}
