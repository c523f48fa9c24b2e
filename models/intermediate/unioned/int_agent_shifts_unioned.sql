{{ union_entity('agent_shifts') }}
