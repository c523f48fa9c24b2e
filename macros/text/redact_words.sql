{# One pattern of several literal words, whatever signs they hold, for the alternatives of
   `words_redacted`: letters of either case; a Latin word only as a whole. #}
{% macro word_pattern(word) -%}
    {{ adapter.dispatch('word_pattern', 'commerce_warehouse')(word) }}
{%- endmacro %}

{% macro default__word_pattern(word) -%}
    case when {{ regexp_occurs(word, '^[A-Za-z0-9]') }} then chr(92) || 'b' else '' end
    || chr(92) || 'Q' || replace({{ word }}, chr(92), '') || chr(92) || 'E'
    || case when {{ regexp_occurs(word, '[A-Za-z0-9]$') }} then chr(92) || 'b' else '' end
{%- endmacro %}


{# For Java's \b a Chinese sign is a letter, and a name that stands beside one no whole word. #}
{% macro spark__word_pattern(word) -%}
    {%- set letter = '[A-Za-z0-9_]' -%}
    case when {{ regexp_occurs(word, '^[A-Za-z0-9]') }} then '(?<!{{ letter }})' else '' end
    || chr(92) || 'Q' || replace({{ word }}, chr(92), '') || chr(92) || 'E'
    || case when {{ regexp_occurs(word, '[A-Za-z0-9]$') }} then '(?!{{ letter }})' else '' end
{%- endmacro %}


{# A text without the words of a pattern that a column holds; as it is when there are none. #}
{% macro words_redacted(text, pattern) -%}
    {{ adapter.dispatch('words_redacted', 'commerce_warehouse')(text, pattern) }}
{%- endmacro %}

{% macro default__words_redacted(text, pattern) -%}
    case
        when {{ pattern }} is null then {{ text }}
        else regexp_replace({{ text }}, {{ pattern }}, '[redacted]', 'g')
    end
{%- endmacro %}

{% macro spark__words_redacted(text, pattern) -%}
    case
        when {{ pattern }} is null then {{ text }}
        else regexp_replace({{ text }}, {{ pattern }}, '[redacted]')
    end
{%- endmacro %}


{# Words as alternatives of one pattern, the longest first: the first alternative that fits wins. #}
{% macro pattern_of_words(word_patterns, words) -%}
    {{ adapter.dispatch('pattern_of_words', 'commerce_warehouse')(word_patterns, words) }}
{%- endmacro %}

{% macro default__pattern_of_words(word_patterns, words) -%}
    '(?i)(' || string_agg({{ word_patterns }}, '|' order by length({{ words }}) desc, {{ words }})
    || ')'
{%- endmacro %}

{% macro spark__pattern_of_words(word_patterns, words) -%}
    '(?iu)(' || array_join(
        transform(
            array_sort(collect_list(struct(
                -length({{ words }}) as order_1, {{ words }} as order_2, {{ word_patterns }} as word
            ))),
            one -> one.word
        ),
        '|'
    ) || ')'
{%- endmacro %}
