{# Free text without what names or reaches a person. What stands for it says what it was: [email],
   [address], [number] (cards and documents), [phone], [name]. Full-width digits and letters come
   out in their usual form. When in doubt it takes too much: a date or a price list may go as well.
   Patterns have neither look-around nor backslashes, so that every engine reads them alike. #}
{% macro redact_text(text) -%}
    {%- set steps = namespace(sql=usual_width(text)) -%}
    {%- for pattern, replacement in personal_patterns() -%}
        {%- set steps.sql = regexp_replace_all(steps.sql, pattern, replacement) -%}
    {%- endfor -%}
    {{ steps.sql }}
{%- endmacro %}


{# What a person's data looks like, in the order in which it goes: an address before the numbers in
   it, a name once the phone beside it is found. #}
{% macro personal_patterns() %}
    {% set email_name = '[A-Za-z0-9._%+-]+' %}
    {% set email_host = '[A-Za-z0-9-]+( ?[.] ?[A-Za-z0-9-]+)+' %}
    {% set house = ' *[0-9一二三四五六七八九十百零〇-]+ *' %}
    {% set rest_of_address = '([一-龥A-Za-z0-9 #-]{0,25}'
        ~ '(号|號|栋|幢|座|单元|室|楼|层|房|户|公寓|宿舍|苑|园|城|厦|院|府|里|期) *[0-9]{0,5})*' %}
    {% set sign = '[^0-9A-Za-z一-龥]{0,4}' %}
    {% set zh_name = '[一-龥·]{2,4}' %}
    {% set en_name = "[A-Z][A-Za-z''-]+" %}
    {% set contact = '[[](phone|number|address|email)[]]' %}
    {% do return([
        (email_name ~ ' ?(@|[[(]at[])]) ?' ~ email_host, '[email]'),
        ('[一-龥]{0,30}(路|街|道|巷|弄|胡同|里|村|庄|镇|乡|区|城|苑|园|寓|厦|场|府|湾|岸|庭|院|坊)'
            ~ house ~ '(号|號|弄|栋|幢|座|组|队|楼|室|单元)' ~ rest_of_address, '[address]'),
        ('[一-龥]{0,15}[0-9A-Za-z一二三四五六七八九十]{1,4} *(栋|幢|座|号楼|单元)'
            ~ rest_of_address, '[address]'),
        ('[0-9]{2,5} *室', '[address]'),
        ('(?i)[0-9]{1,6} +([a-z0-9.-]+ +){1,4}'
            ~ '(street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|pkwy|hwy)([^a-z]|$)'
            ~ '( *,? *(apt|apartment|unit|suite|ste|floor|room|rm|#)[.]? *#? *[a-z0-9-]+)*',
            '[address] '),
        ('[0-9]{1,6} +([A-Z0-9][A-Za-z0-9.-]* +){1,3}'
            ~ '(Way|Place|Pl|Court|Ct|Terrace|Ter|Circle|Cir|Square|Sq|Trail|Highway|Parkway)'
            ~ '([^a-z]|$)', '[address] '),
        ('(?i)(rua|avenida|travessa|alameda|rodovia) [a-zà-ÿ. ]{2,40},? *(n[ºo°.]*)? *[0-9]{1,6}',
            '[address]'),
        ('[+(]?[0-9](' ~ sign ~ '[0-9]){13,}[Xx]?', '[number]'),
        ('[+(]?[0-9](' ~ sign ~ '[0-9]){6,}( *(转|ext[.]?|x) *[0-9]{1,6})?', '[phone]'),
        ('[零〇一二三四五六七八九幺]{7,}', '[phone]'),
        ('(我叫|收件人|收货人|联系人|签收人|姓名|名字)[改换]?[成为]?[是叫为:：]? *'
            ~ '(' ~ zh_name ~ '|[A-Za-z][A-Za-z. ]{1,30})', '[name]'),
        ('[一-龥]{1,2}(先生|女士|小姐|太太)', '[name]'),
        ("(?i)(my name is|name is|name:|recipient:?|receiver:?|attn:?|meu nome [ée]|me chamo)"
            ~ " *[a-zà-ÿ][a-zà-ÿ.''-]*( +[a-zà-ÿ][a-zà-ÿ.''-]*){0,2}", '[name]'),
        ('(Hi|Hey|Hello|Dear|Thanks|Thank you),? +' ~ en_name ~ '( +' ~ en_name ~ ')?', '[name]'),
        ('(^|[^一-龥])' ~ zh_name ~ '[ ,，]+' ~ contact, ' [name] [contact]'),
        (contact ~ ' +' ~ zh_name ~ '([^一-龥]|$)', '[contact] [name] '),
        ('(^|[^A-Za-z])' ~ en_name ~ '( ' ~ en_name ~ '){1,2}[ ,]+' ~ contact,
            ' [name] [contact]'),
    ]) %}
{% endmacro %}


{# Full-width and circled characters in their usual form; letters keep their case. #}
{% macro usual_width(text) -%}
    {%- set full = '０１２３４５６７８９⓪①②③④⑤⑥⑦⑧⑨⁰¹²³⁴⁵⁶⁷⁸⁹'
        ~ 'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ＋－（）＃＊．＠＿　' -%}
    {%- set usual = '012345678901234567890123456789'
        ~ 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-()#*.@_ ' -%}
    translate({{ text }}, '{{ full }}', '{{ usual }}')
{%- endmacro %}
