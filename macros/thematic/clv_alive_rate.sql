{# The probability that a customer has not left, given the silence since the last purchase. Reads
   the CTE histories and that of the model. #}
{% macro clv_alive_rate(model) -%}
    case
        when {{ model }}.first_chances + histories.repeat_days = 0 then 1
        else 1 / (
            1 + {{ model }}.a
            / ({{ model }}.b + {{ model }}.first_chances + histories.repeat_days - 1)
            * power(
                ({{ model }}.alpha_weeks + histories.age_weeks)
                / ({{ model }}.alpha_weeks + histories.recency_weeks),
                {{ model }}.r + histories.repeat_days
            )
        )
    end
{%- endmacro %}
