{# How many times as large one share is as another, a / all_a over b / all_b, as decimal(18, 6);
   null where the second is 0 or one of them is of nothing. #}
{% macro share_ratio(part, whole, other_part, other_whole) -%}
    {{ ratio(
        'cast(' ~ part ~ ' as decimal(28, 0)) * (' ~ other_whole ~ ')',
        'cast(' ~ whole ~ ' as decimal(28, 0)) * (' ~ other_part ~ ')',
    ) }}
{%- endmacro %}


{# Its lower (`-`) or upper (`+`) bound with 95 % confidence, by the standard error of the
   logarithm. Half a case is added to each part, so that none of few has a bound, too. #}
{% macro share_ratio_bound(part, whole, other_part, other_whole, sign) -%}
    case
        when {{ whole }} > 0 and {{ other_whole }} > 0
            then cast(
                round(
                    ({{ part }} + 0.5e0) / ({{ whole }} + 1)
                    / (({{ other_part }} + 0.5e0) / ({{ other_whole }} + 1))
                    * exp(
                        {{ sign }} 1.959964e0 * sqrt(
                            1 / ({{ part }} + 0.5e0) - 1 / ({{ whole }} + 1e0)
                            + 1 / ({{ other_part }} + 0.5e0) - 1 / ({{ other_whole }} + 1e0)
                        )
                    ),
                    6
                ) as decimal(18, 6)
            )
    end
{%- endmacro %}


{# More of a count than chance explains, where so many were expected: by 1.96 times the root of
   these, and at least five. #}
{% macro is_more_than_chance(count, expected) -%}
    coalesce(
        {{ count }} >= 5
        and {{ count }} > {{ expected }} + 1.959964e0 * sqrt(cast({{ expected }} as double)),
        false
    )
{%- endmacro %}
