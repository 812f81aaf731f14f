using System.Globalization;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>One step: a command, with the size of the content that goes with it.</summary>
internal readonly record struct ModelStep(ModelCommand Kind, int Size)
{
    /// <summary>What goes over the wire; the content of DATA only when the model says that it is asked for.</summary>
    public string Wire(bool contentExpected) => Kind switch
    {
        ModelCommand.Lhlo => "LHLO client\r\n",
        ModelCommand.Mail => Size == 1 ? "MAIL FROM:<s@a.test> BODY=BINARYMIME\r\n" : "MAIL FROM:<s@a.test>\r\n",
        ModelCommand.GoodRcpt => "RCPT TO:<r@b.test>\r\n",
        ModelCommand.UnknownRcpt => "RCPT TO:<rcpt-unknownrecipient@b.test>\r\n",
        ModelCommand.Data => contentExpected ? "DATA\r\n\r\n" + new string('x', Size - 4) + "\r\n.\r\n" : "DATA\r\n",
        ModelCommand.Bdat => string.Create(CultureInfo.InvariantCulture, $"BDAT {Size}\r\n{new string('\n', Size)}"),
        ModelCommand.LastBdat => string.Create(CultureInfo.InvariantCulture, $"BDAT {Size} LAST\r\n{new string('\n', Size)}"),
        ModelCommand.Rset => "RSET\r\n",
        ModelCommand.Noop => "NOOP\r\n",
        ModelCommand.Vrfy => "VRFY somebody\r\n",
        ModelCommand.Ehlo => "EHLO client\r\n",
        ModelCommand.Unknown => "XYZZY\r\n",
        ModelCommand.Garbage => "\u00ff\u00fe\0\r\n",
        ModelCommand.LongLine => "NOOP " + new string('x', 5000) + "\r\n",
        _ => "QUIT\r\n",
    };
}
