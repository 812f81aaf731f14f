namespace Lmtp.Tests.Unit.Protocol;

/// <summary>
/// A reference model of the session: small, slow and obvious. It knows the codes of the replies to the commands that
/// <see cref="SessionModelTests"/> makes up.
/// </summary>
internal sealed class SessionModel
{
    public const int MaxRecipients = 3;
    public const int MaxErrors = 8;
    public const int MaxMessageSize = 1024;

    private bool _greeted;
    private bool _mail;
    private bool _binary;
    private int _recipients;
    private int _chunkBytes;
    private bool _chunking;
    private bool _chunkFailed;
    private int _errors;

    /// <summary>Whether the server has ended the session.</summary>
    public bool Closed { get; private set; }

    /// <summary>The codes that answer this step, in order; several for a message with several recipients.</summary>
    public IReadOnlyList<int> Answer(ModelStep step)
    {
        var codes = Execute(step);
        var answered = new List<int>();
        foreach (var code in codes)
        {
            answered.Add(code.Code);
            if (code.Mistake && ++_errors >= MaxErrors && !Closed)
            {
                answered.Add(421);
                Closed = true;
            }
        }

        return answered;
    }

    private (int Code, bool Mistake)[] Execute(ModelStep step)
    {
        switch (step.Kind)
        {
            case ModelCommand.Lhlo:
                Reset();
                _greeted = true;
                return Good(250);
            case ModelCommand.Mail:
                return !_greeted || _mail ? Bad(503) : Do(() => (_mail, _binary) = (true, step.Size == 1), 250);
            case ModelCommand.GoodRcpt:
                return !_greeted || !_mail || _chunking || _chunkFailed ? Bad(503)
                    : _recipients >= MaxRecipients ? Good(452)
                    : Do(() => _recipients++, 250);
            case ModelCommand.UnknownRcpt:
                return !_greeted || !_mail || _chunking || _chunkFailed ? Bad(503) : _recipients >= MaxRecipients ? Good(452) : Good(550);
            case ModelCommand.Data:
                return Data(step);
            case ModelCommand.Bdat or ModelCommand.LastBdat:
                return Bdat(step);
            case ModelCommand.Rset:
                return Do(Reset, 250);
            case ModelCommand.Noop:
                return Good(250);
            case ModelCommand.Vrfy:
                return Good(252);
            case ModelCommand.Ehlo or ModelCommand.Unknown or ModelCommand.Garbage or ModelCommand.LongLine:
                return Bad(500);
            case ModelCommand.Quit:
                return Do(() => Closed = true, 221);
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Kind.ToString());
        }
    }

    private (int Code, bool Mistake)[] Data(ModelStep step)
    {
        if (!_greeted || !_mail || _chunking || _chunkFailed)
        {
            return Bad(503);
        }

        if (_recipients == 0)
        {
            return Good(503);
        }

        if (_binary)
        {
            return Bad(503);
        }

        return [(354, false), .. Finish(step.Size > MaxMessageSize)];
    }

    private (int Code, bool Mistake)[] Bdat(ModelStep step)
    {
        if (!_greeted || !_mail || _chunkFailed)
        {
            return Bad(503);
        }

        if (_recipients == 0)
        {
            return Good(503);
        }

        _chunking = true;
        _chunkBytes += step.Size;
        var tooLarge = _chunkBytes > MaxMessageSize;
        if (step.Kind == ModelCommand.LastBdat)
        {
            return Finish(tooLarge);
        }

        _chunkFailed = tooLarge;
        return Good(tooLarge ? 552 : 250);
    }

    private (int Code, bool Mistake)[] Finish(bool tooLarge)
    {
        var codes = Enumerable.Repeat((tooLarge ? 552 : 250, false), _recipients).ToArray();
        Reset();
        _errors = 0;
        return codes;
    }

    private void Reset()
    {
        (_mail, _binary, _chunking, _chunkFailed) = (false, false, false, false);
        (_recipients, _chunkBytes) = (0, 0);
    }

    private static (int Code, bool Mistake)[] Good(int code) => [(code, false)];

    private static (int Code, bool Mistake)[] Bad(int code) => [(code, true)];

    private static (int Code, bool Mistake)[] Do(Action action, int code)
    {
        action();
        return Good(code);
    }
}
