-- Literal texts as people type them, and what is left of them; the last ones hold nothing personal
-- and stay as they are.

with

texts as (

    select
        listed.written,
        listed.expected
    from (
        values
        ('我的电话是15412345678，麻烦联系我', '我的电话是[phone]，麻烦联系我'),
        ('154 1234 5678', '[phone]'),
        ('154-1234-5678', '[phone]'),
        ('154，12345678', '[phone]'),
        ('+86 154 1234 5678 或 0086-15412345678', '[phone] 或 [number]'),
        ('１５４１２３４５６７８', '[phone]'),
        ('①⑤④①②③④⑤⑥⑦⑧', '[phone]'),
        ('一五四一二三四五六七八', '[phone]'),
        ('座机010-87654321转123', '座机[phone]'),
        ('15412345678转1234', '[phone]'),
        ('Call (213) 555-0123 or 213.555.0123 ext 4', 'Call [phone] or [phone]'),
        ('+1 (213) 555-0123', '[phone]'),
        ('身份证15420885453114001X可以吗', '身份证[number]可以吗'),
        ('卡号6222 0212 3456 7890 123', '卡号[number]'),
        ('Write to emma.x@example.com.', 'Write to [email].'),
        ('邮箱ａｂ＠example.org', '邮箱[email]'),
        ('ab (at) example.org', '[email]'),
        ('地址改成南京市玄武区青云路12号栖霞苑3栋2单元1203室可以吗', '[address]可以吗'),
        ('青云路12號栖霞苑3幢2单元1203', '[address]'),
        ('放在书香门第16栋1单元', '[address]'),
        ('大学城5号学生公寓，谢谢', '[address]，谢谢'),
        ('送到1203室', '送到[address]'),
        ('Ship it to 1234 Maple St Apt 12, Austin', 'Ship it to [address] , Austin'),
        ('12 north hill rd', '[address] '),
        ('Rua das Flores, 123', '[address]'),
        ('我叫王静怡，想退货', '[name]，想退货'),
        ('收件人改成李明', '[name]'),
        ('姓名：欧阳子涵', '[name]'),
        ('张女士收', '[name]收'),
        ('My name is Emma Miller.', '[name]'),
        ('Thank you, Emma!', '[name]!'),
        ('徐欣悦 15412345678', ' [name] [contact]'),
        ('15412345678 徐欣悦', '[contact] [name] '),
        ('Emma Miller, 213-555-0123', ' [name] [contact]'),
        ('退款3天了，1-3个工作日能到吗', '退款3天了，1-3个工作日能到吗'),
        ('Does this come in another size?', 'Does this come in another size?'),
        ('我一直在等，2件都坏了', '我一直在等，2件都坏了'),
        (cast(null as string), cast(null as string))
    ) as listed (written, expected)

),

redacted as (

    select
        *,
        {{ redact_text('written') }} as redacted
    from texts

)

select * from redacted
where redacted is distinct from expected
