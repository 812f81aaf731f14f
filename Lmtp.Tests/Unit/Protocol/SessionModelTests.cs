using System.Globalization;
using System.Text;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>Random sequences of legal and illegal commands, in random pieces, against <see cref="SessionModel"/>.</summary>
public sealed class SessionModelTests
{
    private const int BoundedSessions = 2_000;
    private const int LongSessions = 200_000;

    [Fact]
    public Task Session_answers_as_the_model_does() => CompareAsync(BoundedSessions);

    [Fact]
    [Trait("Category", "Long")]
    public Task Session_answers_as_the_model_does_over_many_sessions() => CompareAsync(LongSessions);

    private static async Task CompareAsync(int sessions)
    {
        var seed = Environment.TickCount;
        for (var i = 0; i < sessions; i++)
        {
            var random = new Random(seed + i);
            var steps = Enumerable.Range(0, random.Next(1, 40)).Select(_ => RandomStep(random)).ToArray();
            await CompareAsync(steps, random, seed + i);
        }
    }

    private static async Task CompareAsync(ModelStep[] steps, Random random, int seed)
    {
        var model = new SessionModel();
        var input = new StringBuilder();
        List<int> expected = [220];
        foreach (var step in steps)
        {
            if (model.Closed)
            {
                break;
            }

            var codes = model.Answer(step);
            expected.AddRange(codes);
            input.Append(step.Wire(contentExpected: codes[0] == 354));
        }

        await using var dialogue = new SessionDialogue(options =>
        {
            options.Limits.MaxRecipients = SessionModel.MaxRecipients;
            options.Limits.MaxErrors = SessionModel.MaxErrors;
            options.Limits.MaxMessageSize = SessionModel.MaxMessageSize;
        });
        await SendInPiecesAsync(dialogue, input.ToString(), random);
        dialogue.HalfClose();

        var replies = Encoding.UTF8.GetString(await dialogue.ReadAllBytesAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var found = replies.Where(line => line[3] == ' ').Select(line => int.Parse(line.AsSpan(0, 3), CultureInfo.InvariantCulture));
        Assert.True(expected.SequenceEqual(found), $"seed {seed}\n{string.Join(' ', steps)}\nexpected {string.Join(' ', expected)}\n{string.Join('\n', replies)}");
        Assert.Equal(0, dialogue.Agent.OpenIntakes);
    }

    private static async Task SendInPiecesAsync(SessionDialogue dialogue, string input, Random random)
    {
        var longest = random.Next(3) switch { 0 => 7, 1 => 100, _ => int.MaxValue };
        for (var position = 0; position < input.Length;)
        {
            var length = Math.Min(input.Length - position, longest == int.MaxValue ? longest : random.Next(1, longest));
            await dialogue.SendAsync(input.Substring(position, length));
            position += length;
        }
    }

    /// <summary>Commands that lead further are more frequent, so that deep states are reached.</summary>
    private static ModelStep RandomStep(Random random)
    {
        var kind = random.Next(24) switch
        {
            0 or 1 or 2 => ModelCommand.Lhlo,
            3 or 4 or 5 => ModelCommand.Mail,
            6 or 7 or 8 or 9 => ModelCommand.GoodRcpt,
            10 => ModelCommand.UnknownRcpt,
            11 or 12 => ModelCommand.Data,
            13 or 14 => ModelCommand.Bdat,
            15 => ModelCommand.LastBdat,
            16 => ModelCommand.Rset,
            17 => ModelCommand.Noop,
            18 => ModelCommand.Vrfy,
            19 => ModelCommand.Ehlo,
            20 => ModelCommand.Unknown,
            21 => ModelCommand.Garbage,
            22 => ModelCommand.LongLine,
            _ => random.Next(4) == 0 ? ModelCommand.Quit : ModelCommand.Noop,
        };
        var size = kind == ModelCommand.Mail
            ? random.Next(4)
            : random.Next(6) switch { 0 => SessionModel.MaxMessageSize + 1, 1 => SessionModel.MaxMessageSize, 2 => 4, _ => random.Next(4, 600) };
        return new ModelStep(kind, size);
    }
}
