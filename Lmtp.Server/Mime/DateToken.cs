namespace Lmtp.Server.Mime;

/// <summary>A piece of a date: the value of a number, the character of a symbol, the meaning of a word.</summary>
internal readonly record struct DateToken(DateTokenKind Kind, int Value = 0, int Length = 0)
{
    public bool IsSign => Kind == DateTokenKind.Symbol && Value is '+' or '-';

    public bool IsZulu => Kind == DateTokenKind.Zone && Length == 1;

    /// <summary>The first three digits of a number that is a fraction of a second.</summary>
    public int Milliseconds
    {
        get
        {
            var value = Length switch
            {
                1 => Value * 100,
                2 => Value * 10,
                _ => Value,
            };
            for (var length = Math.Min(Length, 9); length > 3; length--)
            {
                value /= 10;
            }

            return value;
        }
    }

    public bool IsSymbol(char character) => Kind == DateTokenKind.Symbol && Value == character;

    public bool IsNumber(int digits) => Kind == DateTokenKind.Number && Length == digits;
}
